// The bounded first-in first-out queue: the ring, its tickets, and how close takes them back.
#include "par/queues/queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <vector>

#include "model/data.h"
#include "model/needless_orders.h"
#include "model/order.h"
#include "model/prove.h"
#include "model/sanitized.h"

namespace {

using item = model::data<int>;
using par::close_mode;
using par::queue_errc;

constexpr auto an_hour = std::chrono::hours(1);

// A queue, and what each thread took from it.
struct shared {
  explicit shared(std::size_t capacity) : q(capacity) {}

  void put(int value) {
    try {
      q.put(value);
      put_count.fetch_add(1, std::memory_order_relaxed);
    } catch (const par::queue_closed&) {
    }
  }
  void get(std::size_t thread) {
    try {
      taken[thread].push_back(q.get().get());
    } catch (const par::queue_closed&) {
    }
  }
  void take_all(std::size_t thread) {
    for (const item& each : q.consume()) taken[thread].push_back(each.get());
  }

  // All that was taken or is still inside, in order of size.
  std::vector<int> all() {
    std::vector<int> items;
    for (const auto& some : taken) items.insert(items.end(), some.begin(), some.end());
    while (const auto left = q.try_get()) items.push_back(left->get());
    std::sort(items.begin(), items.end());
    return items;
  }
  // Each item that was put came out once, and no other.
  bool whole() {
    const std::vector<int> items = all();
    return items.size() == put_count.load() &&
           std::adjacent_find(items.begin(), items.end()) == items.end();
  }

  par::queue<item> q;
  par::detail::atomic<std::size_t> put_count{0};
  std::vector<int> taken[4];
};

void keeps_order(model::scenario& s) {
  auto all = std::make_shared<shared>(1);
  s.thread([all] {
    for (const int value : {1, 2, 3}) all->put(value);
  });
  s.thread([all] {
    for (int i = 0; i < 3; ++i) all->get(0);
  });
  s.at_end([all] { return all->taken[0] == std::vector{1, 2, 3}; });
}

// Consumers take equal shares.
model::test shares(std::size_t capacity, int producers, int puts_each, int consumers) {
  return [=](model::scenario& s) {
    auto all = std::make_shared<shared>(capacity);
    for (int p = 0; p < producers; ++p) {
      s.thread([=] {
        for (int i = 0; i < puts_each; ++i) all->put(10 * p + i);
      });
    }
    for (int c = 0; c < consumers; ++c) {
      s.thread([=] {
        for (int i = 0; i < producers * puts_each / consumers; ++i) {
          all->get(static_cast<std::size_t>(c));
        }
      });
    }
    s.at_end([all] { return all->whole() && all->q.empty(); });
  };
}

// Completed puts less begun gets.
void never_holds_more_than_its_capacity(model::scenario& s) {
  auto all = std::make_shared<shared>(1);
  auto inside = std::make_shared<par::detail::atomic<int>>(0);
  auto most = std::make_shared<par::detail::atomic<int>>(0);
  for (int p = 0; p < 2; ++p) {
    s.thread([=] {
      all->put(p);
      if (inside->fetch_add(1) + 1 > 1) most->store(2);
    });
  }
  s.thread([=] {
    inside->fetch_add(-1);
    all->get(0);
  });
  s.at_end([=] { return most->load() == 0 && all->q.full() && all->whole(); });
}

// Two putters of which at most one finds room: the other may hold a ticket when close comes.
void close_refuses_a_put_that_waits(model::scenario& s) {
  auto all = std::make_shared<shared>(1);
  s.thread([all] { all->put(1); });
  s.thread([all] { all->put(2); });
  s.thread([all] { all->q.close(); });
  s.at_end([all] { return all->q.size() == all->put_count.load() && all->whole(); });
}

void close_and_a_get_meet_a_put_that_waits(model::scenario& s) {
  auto all = std::make_shared<shared>(1);
  all->put(1);
  s.thread([all] { all->put(2); });
  s.thread([all] { all->put(3); });
  s.thread([all] {
    all->get(0);
    all->q.close();
    all->take_all(0);
  });
  s.at_end([all] { return all->whole() && all->q.empty(); });
}

// The same with a thread more: what one of them frees, close may have refused.
void close_meets_a_get_and_puts_that_wait(model::scenario& s) {
  auto all = std::make_shared<shared>(1);
  all->put(1);
  s.thread([all] { all->put(2); });
  s.thread([all] { all->put(3); });
  s.thread([all] { all->get(0); });
  s.thread([all] { all->q.close(); });
  s.at_end([all] { return all->whole(); });
}

void close_refuses_a_get_that_waits(model::scenario& s) {
  auto all = std::make_shared<shared>(2);
  s.thread([all] { all->get(0); });
  s.thread([all] { all->get(1); });
  s.thread([all] {
    all->put(1);
    all->q.close();
  });
  s.at_end([all] { return all->taken[0].size() + all->taken[1].size() == 1 && all->whole(); });
}

void close_ends_every_wait(model::scenario& s) {
  auto all = std::make_shared<shared>(1);
  s.thread([all] { all->take_all(0); });
  s.thread([all] {
    for (const int value : {1, 2}) all->put(value);
    all->q.close();
  });
  s.at_end([all] { return all->taken[0] == std::vector{1, 2}; });
}

void two_close(model::scenario& s) {
  auto all = std::make_shared<shared>(1);
  s.thread([all] { all->put(1); });
  for (int i = 0; i < 2; ++i) {
    s.thread([all] {
      all->q.close(close_mode::immediate);
      if (all->q.try_get()) all->taken[0].push_back(99);
    });
  }
  s.at_end([all] { return all->taken[0].empty() && all->q.empty() && all->q.try_join(); });
}

void timed_get_meets_a_put(model::scenario& s) {
  auto all = std::make_shared<shared>(1);
  s.thread([all] {
    all->put(1);
    all->put(2);
  });
  s.thread([all] {
    if (const auto got = all->q.get_for(an_hour)) all->taken[0].push_back(got->get());
  });
  s.thread([all] { all->get(1); });
  s.at_end([all] { return all->whole(); });
}

void timed_put_meets_a_get(model::scenario& s) {
  auto all = std::make_shared<shared>(1);
  all->put(1);
  for (const int value : {2, 3}) {
    s.thread([all, value] {
      if (all->q.put_for(value, an_hour)) all->put_count.fetch_add(1);
    });
  }
  s.thread([all] { all->get(0); });
  s.at_end([all] { return all->whole(); });
}

// A get that follows a put in one thread finds something, though another put may be unfinished.
void try_get_does_not_say_empty_too_soon(model::scenario& s) {
  auto all = std::make_shared<shared>(2);
  s.thread([all] { all->put(1); });
  s.thread([all] {
    all->put(2);
    if (const auto got = all->q.try_get()) all->taken[0].push_back(got->get());
  });
  s.at_end([all] { return all->taken[0].size() == 1 && all->whole(); });
}

void try_put_does_not_say_full_too_soon(model::scenario& s) {
  auto all = std::make_shared<shared>(2);
  all->put(1);
  all->put(2);
  auto done = std::make_shared<bool>(false);
  s.thread([all] { all->get(0); });
  s.thread([all, done] {
    all->get(1);
    *done = all->q.try_put(3).has_value();
  });
  s.at_end([all, done] { return *done && all->q.size() == 1; });
}

void join_waits_for_the_last(model::scenario& s) {
  auto all = std::make_shared<shared>(1);
  auto work = std::make_shared<item>(0);
  s.thread([all, work] {
    all->put(1);
    all->put(2);
    all->q.join();
    all->taken[0].push_back(work->get());
  });
  s.thread([all, work] {
    for (int i = 0; i < 2; ++i) {
      work->set(work->get() + all->q.get().get());
      all->q.task_done();
    }
  });
  s.at_end([all] { return all->taken[0] == std::vector{3}; });
}

constexpr model::options fewer = {.preemptions = 2, .stale_reads = 1, .spurious = 0};
constexpr model::options fewest = {.preemptions = 1, .stale_reads = 1, .spurious = 0};

constexpr model::options no_stale_reads = {.preemptions = 1, .stale_reads = 0, .spurious = 0};

const std::vector<model::proof> proofs = {
    {"keeps order", keeps_order, fewer},
    {"two producers, room for one", shares(1, 2, 1, 1), fewer},
    {"two producers, room for two", shares(2, 2, 1, 1)},
    {"two consumers, room for one", shares(1, 1, 2, 2), fewest},
    {"two consumers, room for two", shares(2, 1, 2, 2), fewest},
    {"two and two", shares(1, 2, 1, 2), no_stale_reads},
    {"capacity", never_holds_more_than_its_capacity, fewer},
    {"close refuses a put", close_refuses_a_put_that_waits},
    {"close and get meet puts", close_and_a_get_meet_a_put_that_waits, fewer},
    {"close meets a get and puts", close_meets_a_get_and_puts_that_wait, fewest},
    {"close refuses a get", close_refuses_a_get_that_waits, fewer},
    {"close ends every wait", close_ends_every_wait},
    {"two close", two_close, fewer},
    {"timed get", timed_get_meets_a_put, fewest},
    {"timed put", timed_put_meets_a_get, fewest},
    {"try_get", try_get_does_not_say_empty_too_soon},
    {"try_put", try_put_does_not_say_full_too_soon},
    {"join", join_waits_for_the_last, fewer},
};

TEST(queue_model, loses_and_doubles_nothing) {
  model::prove(proofs);
}

TEST(queue_model, needs_the_orders_of_turns) {
  EXPECT_THAT(model::needless_orders({{"keeps order", keeps_order, fewest}}, {"turn_word.h"}),
              testing::IsEmpty());
}

// Loads cost nothing more for being sequentially consistent on x86; these would.
TEST(queue_model, needs_the_order_of_every_claim) {
  if (model::sanitized) GTEST_SKIP();
  const std::vector<model::proof> biting = {
      {"keeps order", keeps_order, fewest},
      {"capacity", never_holds_more_than_its_capacity, fewer},
      {"close refuses a put", close_refuses_a_put_that_waits},
      {"close refuses a get", close_refuses_a_get_that_waits, fewer},
      {"close ends every wait", close_ends_every_wait},
  };
  for (const model::site& each : model::sites(biting, {"ring_tickets.h"})) {
    if (each.what != model::operation::modify || each.on_failure) continue;
    for (const std::memory_order weaker : model::one_step_weaker(each.what, each.order)) {
      const model::weakening weaken{each, weaker};
      SCOPED_TRACE(model::describe(weaken));
      EXPECT_TRUE(std::ranges::any_of(biting, [&](model::proof proof) {
        proof.bounds.weaken = weaken;
        return !model::explore(proof.make, proof.bounds).holds();
      }));
    }
  }
}

}  // namespace
