// The three queues, for tests of what they have in common.
#pragma once

#include <gtest/gtest.h>

#include "par/queues/lifo_queue.h"
#include "par/queues/priority_queue.h"
#include "par/queues/queue.h"

template <class T>
struct every_queue {
  using types = testing::Types<par::queue<T>, par::lifo_queue<T>, par::priority_queue<T>>;
};

struct queue_names {
  template <class Queue>
  static std::string GetName(int index) {
    const char* const names[] = {"queue", "lifo_queue", "priority_queue"};
    return names[index];
  }
};
