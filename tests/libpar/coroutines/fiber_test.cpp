#include "par/coroutines/fiber.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "par/coroutines/scheduler.h"
#include "par/coroutines/this_task.h"

namespace {

using namespace std::chrono_literals;
using notes = std::vector<int>;

par::task<> first(par::fiber<>& other, notes& seen) {
  seen.push_back(1);
  co_await other.switch_to();
  seen.push_back(2);
  co_await other.switch_to();
  seen.push_back(-1);
}

par::task<> second(par::fiber<>& other, notes& seen) {
  seen.push_back(3);
  co_await other.switch_to();
  seen.push_back(4);
}

TEST(fiber, two_hand_over_to_each_other) {
  notes seen;
  par::fiber<> a, b;
  a.bind(first(b, seen));
  b.bind(second(a, seen));
  EXPECT_TRUE(seen.empty());
  a.run();
  EXPECT_EQ(seen, (notes{1, 3, 2, 4}));
  EXPECT_TRUE(b.done());
  EXPECT_FALSE(a.done());
  a.run();  // Goes on where it was.
  EXPECT_EQ(seen, (notes{1, 3, 2, 4, -1}));
  EXPECT_TRUE(a.done());
}

par::task<> bounce(par::fiber<>& other, long times, long& count) {
  while (times-- > 0) {
    ++count;
    co_await other.switch_to();
  }
}

TEST(fiber, a_million_switches_take_no_stack) {
  long count = 0;
  par::fiber<> a, b;
  a.bind(bounce(b, 500'000, count));
  b.bind(bounce(a, 500'000, count));
  a.run();
  EXPECT_EQ(count, 1'000'000);
}

par::task<> double_each(par::fiber<int>& self, par::fiber<std::string>& writer) {
  for (;;) {
    const std::string text = self.received() % 2 == 0 ? "even" : "odd";
    co_await writer.switch_to(text);
  }
}

par::task<> count_up(par::fiber<std::string>& self, par::fiber<int>& other, std::string& all) {
  for (int i = 1; i <= 3; ++i) {
    co_await other.switch_to(i);
    all += self.received() + ' ';
  }
}

TEST(fiber, values_go_both_ways) {
  std::string all;
  par::fiber<int> reader;
  par::fiber<std::string> writer;
  reader.bind(double_each(reader, writer));
  writer.bind(count_up(writer, reader, all));
  writer.run("begin");
  EXPECT_EQ(all, "odd even odd ");
}

par::task<> receive_twice(par::fiber<std::unique_ptr<int>>& self, notes& seen) {
  seen.push_back(*self.received());
  EXPECT_THROW(static_cast<void>(self.received()), std::logic_error);
  co_return;
}

TEST(fiber, what_is_handed_over_can_be_taken_once) {
  notes seen;
  par::fiber<std::unique_ptr<int>> a;
  a.bind(receive_twice(a, seen));
  a.run(std::make_unique<int>(4));
  EXPECT_EQ(seen, (notes{4}));
}

// A fiber may switch from within a task that it awaits.
par::task<> note_and_leave(int what, notes& seen) {
  seen.push_back(what);
  co_await par::leave_fiber();
}

par::task<> leave_often(notes& seen) {
  for (int i = 0; i < 3; ++i) co_await note_and_leave(i, seen);
}

TEST(fiber, can_be_left_and_entered_again) {
  notes seen;
  par::fiber<> a;
  a.bind(leave_often(seen));
  for (int i = 10; !a.done(); ++i) {
    a.run();
    seen.push_back(i);
  }
  EXPECT_EQ(seen, (notes{0, 10, 1, 11, 2, 12, 13}));
}

par::task<> throw_after_switch(par::fiber<>& other) {
  co_await other.switch_to();
  throw std::out_of_range("x");
}

TEST(fiber, what_it_throws_comes_to_the_outsider) {
  notes seen;
  par::fiber<> a, b;
  a.bind(throw_after_switch(b));
  b.bind(first(a, seen));
  EXPECT_THROW(a.run(), std::out_of_range);
  EXPECT_TRUE(a.done());
  EXPECT_FALSE(b.done());
}

par::task<> switch_to_oneself(par::fiber<>& self) {
  co_await self.switch_to();
}

par::task<> bind_oneself(par::fiber<>& self) {
  notes none;
  self.bind(leave_often(none));
  co_return;
}

par::task<> leave_none() {
  co_await par::leave_fiber();
}

TEST(fiber, misuse_throws) {
  notes seen;
  par::fiber<> a;
  EXPECT_THROW(a.run(), std::logic_error);
  a.bind(switch_to_oneself(a));
  EXPECT_THROW(a.run(), std::logic_error);
  EXPECT_TRUE(a.done());
  EXPECT_THROW(a.run(), std::logic_error);
  a.bind(bind_oneself(a));
  EXPECT_THROW(a.run(), std::logic_error);
  a.bind(leave_often(seen));  // Again.
  a.run();
  EXPECT_EQ(seen, (notes{0}));
  EXPECT_THROW(par::scheduler().run(leave_none()), std::logic_error);
}

par::task<> switch_twice(par::fiber<>& other) {
  auto hand_over = other.switch_to();
  co_await hand_over;
  co_await hand_over;
}

par::task<> end_at_once() {
  co_return;
}

TEST(fiber, a_switch_that_is_kept_is_checked_when_it_is_made) {
  par::fiber<> a, b;
  a.bind(switch_twice(b));
  b.bind(end_at_once());
  a.run();
  EXPECT_TRUE(b.done());
  EXPECT_THROW(a.run(), std::logic_error);
  EXPECT_TRUE(a.done());
}

// Writes down the end of its scope.
class witness {
 public:
  witness(notes& ends, int name) : ends_(&ends), name_(name) {}
  ~witness() { ends_->push_back(name_); }
  witness(const witness&) = delete;
  witness& operator=(const witness&) = delete;

 private:
  notes* ends_;
  int name_;
};

par::task<> leave_below(int depth, notes& ends) {
  const witness here(ends, depth);
  if (depth > 0) {
    co_await leave_below(depth - 1, ends);
  } else {
    co_await par::leave_fiber();
  }
}

TEST(fiber, one_that_has_not_finished_ends_from_within_and_takes_no_stack) {
  constexpr int deep = 100'000;
  notes ends;
  {
    par::fiber<> a;
    a.bind(leave_below(deep, ends));
    a.run();
    EXPECT_TRUE(ends.empty());
  }
  ASSERT_EQ(ends.size(), deep + 1U);
  EXPECT_EQ(ends.front(), 0);
  EXPECT_EQ(ends.back(), deep);
}

par::task<> sleep_and_switch(par::fiber<>& other, notes& seen) {
  co_await par::this_task::sleep_for(2s);
  seen.push_back(1);
  co_await other.switch_to();
  seen.push_back(2);
}

par::task<> sleep_and_leave(notes& seen) {
  co_await par::this_task::sleep_for(3s);
  seen.push_back(3);
  co_await par::leave_fiber();
}

par::task<> enter(par::fiber<>& fiber, notes& seen) {
  co_await fiber.switch_to();
  seen.push_back(4);
}

TEST(fiber, in_a_scheduled_task_may_sleep) {
  notes seen;
  par::virtual_clock clock;
  par::scheduler turns(clock);
  par::fiber<> a, b;
  a.bind(sleep_and_switch(b, seen));
  b.bind(sleep_and_leave(seen));
  turns.run(enter(a, seen));
  EXPECT_EQ(clock.now(), par::virtual_clock::time_point(5s));
  EXPECT_EQ(seen, (notes{1, 3, 4}));
  turns.run(enter(a, seen));  // By another task.
  EXPECT_EQ(seen, (notes{1, 3, 4, 2, 4}));
}

par::task<> cancel_soon(par::task_handle other) {
  co_await par::this_task::yield();
  other.cancel();
  co_await other.join();
}

TEST(fiber, cancelling_the_task_unwinds_the_fiber_that_it_is_in) {
  notes seen;
  par::virtual_clock clock;
  par::scheduler turns(clock);
  par::fiber<> a;
  a.bind(sleep_and_leave(seen));
  const auto entering = turns.spawn(enter(a, seen));
  turns.run(cancel_soon(entering));
  EXPECT_TRUE(entering.cancelled());
  EXPECT_TRUE(a.done());
  EXPECT_TRUE(seen.empty());
}

}  // namespace
