#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>

#include "par/coroutines/join_all.h"
#include "par/coroutines/scheduler.h"
#include "par/coroutines/this_task.h"

namespace {

using namespace std::chrono_literals;

par::task<int> fail(std::string with) {
  co_await par::this_task::yield();
  throw std::runtime_error(with);
}

par::task<> keep_busy() {
  for (int i = 0; i < 10; ++i) co_await par::this_task::yield();
}

TEST(scheduler_errors, are_thrown_by_the_result) {
  par::scheduler turns;
  par::spawned<int> failed = turns.spawn(fail("x"));
  turns.run();
  EXPECT_TRUE(failed.done());
  EXPECT_FALSE(failed.cancelled());
  EXPECT_THROW(static_cast<void>(failed.get()), std::runtime_error);
  turns.run();  // Somebody has seen it.
}

TEST(scheduler_errors, tell_that_a_task_is_empty) {
  par::scheduler turns;
  par::task<int> moved = fail("x");
  const par::task<int> taken = std::move(moved);
  EXPECT_THROW(static_cast<void>(turns.spawn(par::task<>())), std::logic_error);
  EXPECT_THROW(static_cast<void>(turns.spawn(std::move(moved))), std::logic_error);
  EXPECT_THROW(turns.run(par::task<>()), std::logic_error);
}

template <class F>
std::string error_of(F call) {
  try {
    call();
  } catch (const std::exception& e) {
    return e.what();
  }
  return "none";
}

TEST(scheduler_errors, nobody_can_ask_for_are_thrown_by_run_when_the_others_have_ended) {
  par::scheduler turns;
  const par::task_handle busy = turns.spawn(keep_busy());
  turns.spawn(fail("first"));
  turns.spawn(fail("second"));
  EXPECT_EQ(error_of([&] { turns.run(); }), "first");
  EXPECT_TRUE(busy.done());
  EXPECT_EQ(error_of([&] { turns.run(); }), "none");
}

TEST(scheduler_errors, of_a_handle_that_goes_unread_count_as_well) {
  par::scheduler turns;
  {
    const par::spawned<int> failed = turns.spawn(fail("unread"));
    turns.run();
  }
  EXPECT_EQ(error_of([&] { turns.run(); }), "unread");
}

TEST(scheduler_errors, of_the_task_that_is_run_come_before_those_of_others) {
  par::scheduler turns;
  turns.spawn(fail("other"));
  EXPECT_EQ(error_of([&] { turns.run(fail("main")); }), "main");
  turns.spawn(fail("third"));
  EXPECT_EQ(error_of([&] { turns.run(keep_busy()); }), "other");
}

TEST(scheduler_errors, may_outlive_the_scheduler) {
  par::spawned<int> failed;
  {
    par::scheduler turns;
    failed = turns.spawn(fail("x"));
    turns.run();
  }
  EXPECT_THROW(static_cast<void>(failed.get()), std::runtime_error);
}

par::task<> join(const par::task_handle& other) {
  co_await other.join();
}

TEST(scheduler_errors, a_circle_of_joins_is_a_deadlock_that_is_told) {
  par::scheduler turns;
  par::task_handle a, b;
  a = turns.spawn("a", join(b));
  b = turns.spawn("b", join(a));
  turns.spawn("busy", keep_busy());
  EXPECT_EQ(error_of([&] { turns.run(); }), "deadlock: a joins b, b joins a");
  EXPECT_EQ(turns.alive(), 2U);
  EXPECT_THROW(turns.run(join(a)), par::deadlock);
}

TEST(scheduler_errors, a_task_that_joins_itself_is_told_at_once) {
  par::scheduler turns;
  par::task_handle self;
  auto joining = turns.spawn(join(self));
  self = joining;
  turns.run();
  EXPECT_EQ(error_of([&] { joining.get(); }).find("a task cannot join itself"), 0U);
}

TEST(scheduler_errors, a_deadlock_of_many_names_the_first) {
  par::scheduler turns;
  const auto sleep_for_ever = []() -> par::task<> {
    co_await par::this_task::sleep_until(std::chrono::steady_clock::time_point::max());
  };
  for (int i = 0; i < 11; ++i) turns.spawn(sleep_for_ever());
  EXPECT_EQ(error_of([&] { turns.run(); }),
            "deadlock: task-1, task-2, task-3, task-4, task-5, task-6, task-7, task-8 and 3 more");
}

TEST(scheduler_errors, an_error_that_led_to_a_deadlock_is_told_first) {
  par::scheduler turns;
  turns.spawn(fail("cause"));
  par::task_handle b, c;
  b = turns.spawn("b", join(c));
  c = turns.spawn("c", join(b));
  EXPECT_EQ(error_of([&] { turns.run(); }), "cause");
  EXPECT_EQ(error_of([&] { turns.run(); }), "deadlock: b joins c, c joins b");
}

par::task<> run_again(par::scheduler& turns) {
  turns.run();
  co_return;
}

TEST(scheduler_errors, misuse_throws) {
  par::scheduler one, other;
  const par::task_handle stranger = other.spawn(keep_busy());
  EXPECT_THROW(one.run(run_again(one)), std::logic_error);
  EXPECT_THROW(one.run(join(stranger)), std::logic_error);
  EXPECT_THROW(static_cast<void>(par::this_task::handle()), std::logic_error);
  EXPECT_THROW(static_cast<void>(par::spawn(keep_busy())), std::logic_error);
  const par::task_handle none;
  EXPECT_FALSE(none.valid());
  EXPECT_THROW(static_cast<void>(none.done()), std::logic_error);
  EXPECT_THROW(static_cast<void>(none.cancel()), std::logic_error);
  EXPECT_THROW(static_cast<void>(none.join()), std::logic_error);
}

class spawns_at_its_end {
 public:
  spawns_at_its_end(par::scheduler& on, bool& refused) : on_(&on), refused_(&refused) {}
  ~spawns_at_its_end() {
    try {
      on_->spawn(keep_busy());
    } catch (const std::logic_error&) {
      *refused_ = true;
    }
  }
  spawns_at_its_end(const spawns_at_its_end&) = delete;
  spawns_at_its_end& operator=(const spawns_at_its_end&) = delete;

 private:
  par::scheduler* on_;
  bool* refused_;
};

par::task<> hold_spawner(par::scheduler& on, bool& refused, par::task_handle& self) {
  const spawns_at_its_end here(on, refused);
  co_await self.join();
}

TEST(scheduler_errors, nothing_is_spawned_while_everything_is_destroyed) {
  bool refused = false;
  par::task_handle waiting, other;
  {
    par::scheduler turns;
    waiting = turns.spawn(hold_spawner(turns, refused, other));
    other = turns.spawn(join(waiting));
    EXPECT_THROW(turns.run(), par::deadlock);
  }
  EXPECT_TRUE(refused);
}

}  // namespace
