#include "par/queues/queue.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "model/data.h"
#include "model/prove.h"

namespace {

using item = model::data<int>;

void keeps_order(model::scenario& s) {
  auto q = std::make_shared<par::queue<item>>(1);
  auto seen = std::make_shared<std::vector<int>>();
  s.thread([q] {
    q->put(1);
    q->put(2);
  });
  s.thread([q, seen] {
    for (int i = 0; i < 2; ++i) seen->push_back(q->get().get());
  });
  s.at_end([seen] { return *seen == std::vector{1, 2}; });
}

void close_ends_every_wait(model::scenario& s) {
  auto q = std::make_shared<par::queue<item>>(1);
  auto sum = std::make_shared<int>(0);
  s.thread([q, sum] {
    for (const item& each : q->consume()) *sum += each.get();
  });
  s.thread([q] {
    q->put(1);
    q->put(2);
    q->close();
  });
  s.at_end([sum] { return *sum == 3; });
}

void two_consumers_share(model::scenario& s) {
  auto q = std::make_shared<par::queue<item>>(2);
  auto taken = std::make_shared<std::vector<int>>(2);
  for (std::size_t i = 0; i < 2; ++i) {
    s.thread([q, taken, i] { (*taken)[i] = q->get().get(); });
  }
  s.thread([q] {
    q->put(1);
    q->put(2);
  });
  s.at_end([taken] { return (*taken)[0] + (*taken)[1] == 3; });
}

// It holds no atomic of its own: the orders are those of its mutex and condition variables.
const std::vector<model::proof> proofs = {
    {"keeps order", keeps_order},
    {"close ends every wait", close_ends_every_wait},
    {"two consumers share", two_consumers_share, {.preemptions = 1}},
};

TEST(queue_model, loses_and_doubles_nothing) {
  model::prove(proofs);
}

}  // namespace
