// The forms of waiting for one future, its callbacks, its copies, and co_await.
#include <gtest/gtest.h>

#include <chrono>
#include <coroutine>
#include <functional>
#include <latch>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "par/pools/promise.h"
#include "par/pools/shared_future.h"
#include "par/pools/thread.h"
#include "par/pools/thread_pool.h"

namespace {

using namespace std::chrono_literals;
using par::future_errc;

// An end that a future may come to, and what the forms that may fail say of it.
struct ending {
  const char* name;
  void (*bring_about)(par::promise<int>&, par::future<int>&);
  int value;  // 0: none.
  std::optional<future_errc> cancelled;
  bool throws;
};

const ending endings[] = {
    {"value", [](auto& p, auto&) { p.set_value(5); }, 5, std::nullopt, false},
    {"cancelled", [](auto&, auto& f) { f.cancel(); }, 0, future_errc::cancelled, false},
    {"thrown",
     [](auto& p, auto&) { p.set_exception(std::make_exception_ptr(std::runtime_error("x"))); }, 0,
     std::nullopt, true},
};

using form = std::function<par::expected<int, future_errc>(par::future<int>&)>;

struct named_form {
  const char* name;
  form get;
  std::optional<future_errc> too_early;  // nullopt: would wait for ever.
};

std::vector<named_form> forms() {
  static std::stop_source stopped;
  stopped.request_stop();
  return {
      {"try", [](auto& f) { return f.try_get(); }, future_errc::timeout},
      {"for", [](auto& f) { return f.get_for(1ms); }, future_errc::timeout},
      {"until", [](auto& f) { return f.get_until(std::chrono::system_clock::now()); },
       future_errc::timeout},
      {"stop", [](auto& f) { return f.get(stopped.get_token()); }, future_errc::stopped},
      {"stop never", [](auto& f) { return f.get(std::stop_token()); }, std::nullopt},
  };
}

TEST(future_forms, give_what_has_become_of_the_task) {
  for (const named_form& get : forms()) {
    for (const ending& end : endings) {
      SCOPED_TRACE(std::string(get.name) + ", " + end.name);
      par::promise<int> p;
      auto f = p.get_future();
      end.bring_about(p, f);
      if (end.throws) {
        EXPECT_THROW(static_cast<void>(get.get(f)), std::runtime_error);
        continue;
      }
      const auto got = get.get(f);
      ASSERT_EQ(got.has_value(), !end.cancelled);
      EXPECT_EQ(got.value_or(0), end.value);
      EXPECT_TRUE(got || got.error() == *end.cancelled);
      EXPECT_EQ(f.valid(), !got);
    }
  }
}

TEST(future_forms, say_why_there_is_nothing_yet_and_leave_the_future_valid) {
  for (const named_form& get : forms()) {
    if (!get.too_early) continue;
    SCOPED_TRACE(get.name);
    par::promise<int> p;
    auto f = p.get_future();
    const auto got = get.get(f);
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error(), *get.too_early);
    p.set_value(8);
    EXPECT_EQ(f.get(), 8);
  }
}

TEST(future_forms, exception_is_null_for_a_value_and_throws_if_cancelled) {
  par::promise<int> p, q;
  auto f = p.get_future(), g = q.get_future();
  EXPECT_EQ(f.exception_for(1ms).error(), future_errc::timeout);
  p.set_value(1);
  EXPECT_EQ(f.exception(), nullptr);
  EXPECT_EQ(*f.exception_for(1ms), nullptr);
  g.cancel();
  EXPECT_EQ(g.exception_for(1ms).error(), future_errc::cancelled);
  EXPECT_THROW(static_cast<void>(g.exception()), par::future_cancelled);
}

TEST(future_forms, stop_request_ends_a_wait_in_progress) {
  par::promise<int> p;
  auto f = p.get_future();
  std::stop_source stop;
  par::thread stopper("stopper", [&] { stop.request_stop(); });
  EXPECT_FALSE(f.wait(stop.get_token()));
}

// Wherever the stop comes, the result is never lost and nothing is left behind.
TEST(future_forms, stop_and_result_may_come_together) {
  for (int round = 0; round < 300; ++round) {
    par::promise<int> p;
    auto f = p.get_future();
    std::stop_source stop;
    par::thread stopper("stopper", [&] { stop.request_stop(); });
    par::thread setter("setter", [&] { p.set_value(round); });
    const auto got = f.get(stop.get_token());
    EXPECT_EQ(got ? *got : f.get(), round);
  }
}

TEST(callback, runs_at_once_on_a_finished_future) {
  par::promise<int> p;
  auto f = p.get_future();
  p.set_value(1);
  bool called = false;
  f.add_done_callback([&] { called = true; });
  EXPECT_TRUE(called);
}

TEST(callback, several_run_in_order_when_the_task_ends_whatever_they_throw) {
  par::promise<int> p;
  auto f = p.get_future();
  std::vector<int> order;
  for (int i = 0; i < 3; ++i) {
    f.add_done_callback([&order, i] {
      order.push_back(i);
      throw std::runtime_error("nobody hears this");
    });
  }
  EXPECT_TRUE(order.empty());
  p.set_value(1);
  EXPECT_EQ(order, (std::vector{0, 1, 2}));
  EXPECT_EQ(f.get(), 1);
}

TEST(callback, runs_when_the_task_is_cancelled) {
  par::promise<int> p;
  auto f = p.get_future();
  bool called = false;
  f.add_done_callback([&] { called = f.cancelled(); });
  f.cancel();
  EXPECT_TRUE(called);
}

TEST(callback, runs_even_if_the_future_is_gone) {
  par::thread_pool pool(1);
  std::latch go(1), called(1);
  {
    auto f = pool.submit([&] { go.wait(); });
    f.add_done_callback([&] { called.count_down(); });
  }
  go.count_down();
  called.wait();
}

TEST(shared_future, copies_read_one_result) {
  par::promise<std::string> p;
  par::shared_future<std::string> a = p.get_future().share();
  const par::shared_future<std::string> b = a;
  EXPECT_TRUE(a == b);
  p.set_value("x");
  EXPECT_EQ(&a.get(), &b.get());
  EXPECT_EQ(a.get(), "x");
  EXPECT_EQ(b.exception(), nullptr);
}

TEST(shared_future, gives_its_callbacks_itself) {
  par::promise<int> p;
  const par::shared_future<int> f = p.get_future().share();
  int seen = 0;
  f.add_done_callback([&](const par::shared_future<int>& done) { seen = done.get(); });
  p.set_value(4);
  EXPECT_EQ(seen, 4);
}

TEST(shared_future, throws_what_the_task_threw_every_time) {
  par::thread_pool pool(1);
  auto f = pool.submit([] { throw std::out_of_range("x"); }).share();
  EXPECT_THROW(f.get(), std::out_of_range);
  EXPECT_THROW(f.get(), std::out_of_range);
  EXPECT_NE(f.exception(), nullptr);
}

// A coroutine that begins at once and that nobody waits for.
struct started {
  struct promise_type {
    started get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};

started keep(par::future<int> from, int& into) {
  into = co_await std::move(from);
}

started keep_error(par::future<int> from, bool& thrown) {
  try {
    static_cast<void>(co_await std::move(from));
  } catch (const std::out_of_range&) {
    thrown = true;
  }
}

TEST(future, can_be_awaited_by_a_coroutine) {
  par::promise<int> p, q;
  int early = 0, late = 0;
  q.set_value(2);
  keep(p.get_future(), late);
  keep(q.get_future(), early);
  EXPECT_EQ(early, 2);
  EXPECT_EQ(late, 0);
  p.set_value(1);
  EXPECT_EQ(late, 1);
}

TEST(future, awaited_throws_what_the_task_threw) {
  par::promise<int> p;
  bool thrown = false;
  keep_error(p.get_future(), thrown);
  p.set_exception(std::make_exception_ptr(std::out_of_range("x")));
  EXPECT_TRUE(thrown);
}

}  // namespace
