// Every form of put, get and close, over the three queues.
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <set>
#include <stdexcept>
#include <stop_token>
#include <vector>

#include "libpar/queues/queues.h"
#include "par/pools/thread.h"

namespace {

using namespace std::chrono_literals;
using par::expected;
using par::queue_errc;

// A form of put or get that can give up, and as what it does on a queue that stays full or empty.
template <class Queue>
struct form {
  const char* name;
  queue_errc gives_up_as;
  std::function<expected<void, queue_errc>(Queue&, int&&)> put;
  std::function<expected<int, queue_errc>(Queue&)> get;
};

std::stop_token stopped() {
  std::stop_source source;
  source.request_stop();
  return source.get_token();
}

constexpr auto briefly = 2ms;

template <class Queue>
std::vector<form<Queue>> forms_that_fail(queue_errc when_try) {
  using clock = std::chrono::steady_clock;
  using wall = std::chrono::system_clock;
  return {
      {"try", when_try, [](Queue& q, int&& i) { return q.try_put(std::move(i)); },
       [](Queue& q) { return q.try_get(); }},
      {"for", queue_errc::timeout,
       [](Queue& q, int&& i) { return q.put_for(std::move(i), briefly); },
       [](Queue& q) { return q.get_for(briefly); }},
      {"for a negative time", queue_errc::timeout,
       [](Queue& q, int&& i) { return q.put_for(std::move(i), -1s); },
       [](Queue& q) { return q.get_for(-1s); }},
      {"until", queue_errc::timeout,
       [](Queue& q, int&& i) { return q.put_until(std::move(i), clock::now() + briefly); },
       [](Queue& q) { return q.get_until(clock::now() + briefly); }},
      {"until, wall clock", queue_errc::timeout,
       [](Queue& q, int&& i) { return q.put_until(std::move(i), wall::now() + briefly); },
       [](Queue& q) { return q.get_until(wall::now() + briefly); }},
      {"stopped", queue_errc::stopped,
       [](Queue& q, int&& i) { return q.put(std::move(i), stopped()); },
       [](Queue& q) { return q.get(stopped()); }},
  };
}

template <class Queue>
struct queue_forms : testing::Test {};
TYPED_TEST_SUITE(queue_forms, every_queue<int>::types, queue_names);

TYPED_TEST(queue_forms, put_gives_up_on_a_full_queue) {
  for (const auto& each : forms_that_fail<TypeParam>(queue_errc::full)) {
    SCOPED_TRACE(each.name);
    TypeParam q(1);
    q.put(1);
    EXPECT_EQ(each.put(q, 2).error(), each.gives_up_as);
    EXPECT_EQ(q.size(), 1U);
    EXPECT_EQ(q.get(), 1);
  }
}

TYPED_TEST(queue_forms, get_gives_up_on_an_empty_queue) {
  for (const auto& each : forms_that_fail<TypeParam>(queue_errc::empty)) {
    SCOPED_TRACE(each.name);
    TypeParam q(1);
    EXPECT_EQ(each.get(q).error(), each.gives_up_as);
    q.put(1);
    EXPECT_EQ(q.get(), 1);
  }
}

TYPED_TEST(queue_forms, what_can_be_done_at_once_is_done_in_every_form) {
  for (const auto& each : forms_that_fail<TypeParam>(queue_errc::full)) {
    SCOPED_TRACE(each.name);
    TypeParam q(1);
    EXPECT_TRUE(each.put(q, 7));
    EXPECT_EQ(each.get(q), 7);
  }
}

TYPED_TEST(queue_forms, a_closed_queue_refuses_puts_and_gives_what_is_left) {
  for (const auto& each : forms_that_fail<TypeParam>(queue_errc::full)) {
    SCOPED_TRACE(each.name);
    TypeParam q(2);
    q.put(1);
    q.close();
    EXPECT_TRUE(q.closed());
    EXPECT_EQ(each.put(q, 2).error(), queue_errc::closed);
    EXPECT_EQ(each.get(q), 1);
    EXPECT_EQ(each.get(q).error(), queue_errc::closed);
    EXPECT_THROW(q.put(3), par::queue_closed);
    EXPECT_THROW(static_cast<void>(q.get()), par::queue_closed);
  }
}

TYPED_TEST(queue_forms, tells_size_and_bounds) {
  TypeParam q(2);
  EXPECT_EQ(q.capacity(), 2U);
  EXPECT_TRUE(q.empty());
  EXPECT_FALSE(q.closed());
  q.put(1);
  EXPECT_EQ(q.size(), 1U);
  EXPECT_FALSE(q.empty());
  EXPECT_FALSE(q.full());
  q.put(2);
  EXPECT_TRUE(q.full());
}

TYPED_TEST(queue_forms, unbounded_is_never_full) {
  TypeParam q;
  EXPECT_EQ(q.capacity(), TypeParam::unbounded);
  for (int i = 0; i < 10'000; ++i) q.put(i);
  EXPECT_EQ(q.size(), 10'000U);
  EXPECT_FALSE(q.full());
}

TYPED_TEST(queue_forms, capacity_of_nothing_is_refused) {
  EXPECT_THROW(TypeParam(0), std::invalid_argument);
}

TYPED_TEST(queue_forms, a_put_wakes_every_form_of_get) {
  TypeParam q(1);
  const std::stop_source never;
  const std::function<int()> gets[] = {
      [&] { return q.get(); },
      [&] { return q.get_for(1h).value(); },
      [&] { return q.get_until(std::chrono::system_clock::now() + 1h).value(); },
      [&] { return q.get(never.get_token()).value(); },
  };
  for (const auto& get : gets) {
    int got = 0;
    {
      const par::thread getter("get", [&] { got = get(); });
      q.put(5);
    }
    EXPECT_EQ(got, 5);
  }
}

TYPED_TEST(queue_forms, a_get_makes_room_for_every_form_of_put) {
  TypeParam q(1);
  const std::stop_source never;
  const std::function<void()> puts[] = {
      [&] { q.put(2); },
      [&] { EXPECT_TRUE(q.put_for(2, 1h)); },
      [&] { EXPECT_TRUE(q.put_until(2, std::chrono::system_clock::now() + 1h)); },
      [&] { EXPECT_TRUE(q.put(2, never.get_token())); },
  };
  for (const auto& put : puts) {
    q.put(1);
    const par::thread putter("put", put);
    EXPECT_EQ(q.get(), 1);
    EXPECT_EQ(q.get(), 2);
  }
}

TYPED_TEST(queue_forms, a_stop_request_ends_waits) {
  TypeParam empty(1), full(1);
  full.put(1);
  std::stop_source stop;
  expected<int, queue_errc> got = 0;
  expected<void, queue_errc> put;
  {
    const par::thread getter("get", [&] { got = empty.get(stop.get_token()); });
    const par::thread putter("put", [&] { put = full.put(2, stop.get_token()); });
    stop.request_stop();
  }
  EXPECT_EQ(got.error(), queue_errc::stopped);
  EXPECT_EQ(put.error(), queue_errc::stopped);
}

// Several of each, so that some hold a place that close has to take from them again.
TYPED_TEST(queue_forms, close_ends_the_waits_of_many) {
  TypeParam empty(1), full(1);
  full.put(1);
  std::atomic<int> ended = 0;
  {
    std::vector<par::thread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back("get", [&] {
        EXPECT_THROW(static_cast<void>(empty.get()), par::queue_closed);
        ++ended;
      });
      threads.emplace_back("put", [&] {
        EXPECT_THROW(full.put(2), par::queue_closed);
        ++ended;
      });
    }
    empty.close();
    full.close();
  }
  EXPECT_EQ(ended, 8);
  EXPECT_EQ(full.get(), 1);
}

TYPED_TEST(queue_forms, consume_is_a_range_that_ends_when_closed) {
  TypeParam q;
  for (int i = 0; i < 5; ++i) q.put(i);
  q.close();
  std::set<int> seen;
  for (const int item : q.consume()) seen.insert(item);
  EXPECT_EQ(seen, (std::set{0, 1, 2, 3, 4}));
}

TYPED_TEST(queue_forms, consume_ends_when_stopped) {
  TypeParam q;
  q.put(1);
  std::stop_source stop;
  int seen = 0;
  for (const int item : q.consume(stop.get_token())) {
    seen += item;
    stop.request_stop();
  }
  EXPECT_EQ(seen, 1);
}

}  // namespace
