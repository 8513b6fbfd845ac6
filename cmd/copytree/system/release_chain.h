// Drops a chain of shared objects link by link instead of recursively.
#pragma once

#include <memory>
#include <utility>
#include <vector>

namespace copytree {

// For the destructor of an object that shares its parent, which shares its own: releasing the
// parent there directly would take a stack frame per level of the tree.
template <class T>
void release_in_turn(std::shared_ptr<T> parent) {
  thread_local std::vector<std::shared_ptr<T>>* waiting = nullptr;
  if (waiting != nullptr) {
    waiting->push_back(std::move(parent));
    return;
  }
  std::vector<std::shared_ptr<T>> queue;
  waiting = &queue;
  parent.reset();  // May end the parent, which then queues its own parent here.
  while (!queue.empty()) {
    std::shared_ptr<T> next = std::move(queue.back());
    queue.pop_back();
    next.reset();
  }
  waiting = nullptr;
}

}  // namespace copytree
