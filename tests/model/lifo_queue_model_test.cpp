// A queue behind a lock, whose threads wait at gates.
#include "par/queues/lifo_queue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <vector>

#include "model/data.h"
#include "model/prove.h"

namespace {

using item = model::data<int>;
using lifo = par::lifo_queue<item>;

struct shared {
  explicit shared(std::size_t capacity) : q(capacity) {}

  void get(std::size_t thread) { taken[thread].push_back(q.get().get()); }

  std::vector<int> all() {
    std::vector<int> items;
    for (const auto& some : taken) items.insert(items.end(), some.begin(), some.end());
    while (const auto left = q.try_get()) items.push_back(left->get());
    std::sort(items.begin(), items.end());
    return items;
  }

  lifo q;
  std::vector<int> taken[2];
};

void two_producers(model::scenario& s) {
  auto all = std::make_shared<shared>(1);
  for (const int value : {1, 2}) {
    s.thread([all, value] { all->q.put(value); });
  }
  s.thread([all] {
    all->get(0);
    all->get(0);
  });
  s.at_end([all] { return all->all() == std::vector{1, 2} && all->q.empty(); });
}

void two_consumers(model::scenario& s) {
  auto all = std::make_shared<shared>(1);
  for (const std::size_t thread : {0U, 1U}) {
    s.thread([all, thread] { all->get(thread); });
  }
  s.thread([all] {
    all->q.put(1);
    all->q.put(2);
  });
  s.at_end([all] { return all->all() == std::vector{1, 2} && all->q.empty(); });
}

void close_ends_every_wait(model::scenario& s) {
  auto all = std::make_shared<shared>(1);
  all->q.put(1);
  auto refused = std::make_shared<par::detail::atomic<int>>(0);
  for (const int value : {2, 3}) {
    s.thread([all, refused, value] {
      try {
        all->q.put(value);
      } catch (const par::queue_closed&) {
        refused->fetch_add(1);
      }
    });
  }
  s.thread([all] { all->q.close(); });
  s.at_end([all, refused] { return refused->load() == 2 && all->all() == std::vector{1}; });
}

void growing_lets_all_in(model::scenario& s) {
  auto all = std::make_shared<shared>(1);
  all->q.put(1);
  for (const int value : {2, 3}) {
    s.thread([all, value] { all->q.put(value); });
  }
  s.thread([all] { all->q.set_capacity(3); });
  s.at_end([all] { return all->all() == std::vector{1, 2, 3}; });
}

// One may give up at any moment; the wake-up meant for it must reach the other.
void timed_get_gives_up(model::scenario& s) {
  auto all = std::make_shared<shared>(2);
  s.thread([all] { all->get(0); });
  s.thread([all] {
    if (const auto got = all->q.get_for(std::chrono::hours(1))) {
      all->taken[1].push_back(got->get());
      all->q.put(got->get());
    }
  });
  s.thread([all] { all->q.put(1); });
  s.at_end([all] { return all->taken[0] == std::vector{1} && all->q.empty(); });
}

constexpr model::options fewer = {.preemptions = 1, .stale_reads = 1, .spurious = 0};

TEST(lifo_queue_model, loses_and_doubles_nothing) {
  model::prove({
      {"two producers", two_producers, fewer},
      {"two consumers", two_consumers, fewer},
      {"close ends every wait", close_ends_every_wait, fewer},
      {"growing lets all in", growing_lets_all_in, fewer},
      {"timed get gives up", timed_get_gives_up, fewer},
  });
}

}  // namespace
