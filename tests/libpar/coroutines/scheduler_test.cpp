#include "par/coroutines/scheduler.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "par/coroutines/join_all.h"
#include "par/coroutines/this_task.h"

namespace {

using namespace std::chrono_literals;
using notes = std::vector<std::string>;

par::task<> take_turns(std::string name, int times, notes& into) {
  for (int i = 0; i < times; ++i) {
    into.push_back(name + std::to_string(i));
    co_await par::this_task::yield();
  }
}

TEST(scheduler, goes_round) {
  notes seen;
  par::scheduler turns;
  turns.spawn(take_turns("a", 3, seen));
  turns.spawn(take_turns("b", 1, seen));
  turns.spawn(take_turns("c", 2, seen));
  EXPECT_EQ(turns.alive(), 3U);
  EXPECT_TRUE(seen.empty());
  turns.run();
  EXPECT_EQ(turns.alive(), 0U);
  EXPECT_EQ(seen, (notes{"a0", "b0", "c0", "a1", "c1", "a2"}));
}

par::task<int> give(int value) {
  co_await par::this_task::yield();
  co_return value;
}

TEST(scheduler, gives_results_by_handles) {
  par::scheduler turns;
  par::spawned<int> one = turns.spawn(give(1));
  par::spawned<int> two = turns.spawn(give(2));
  EXPECT_THROW(static_cast<void>(one.get()), std::logic_error);
  turns.run();
  EXPECT_TRUE(one.done());
  EXPECT_FALSE(one.cancelled());
  EXPECT_EQ(two.get(), 2);
  EXPECT_FALSE(two.valid());
  EXPECT_EQ(one.get(), 1);
}

TEST(scheduler, can_run_again) {
  par::scheduler turns;
  EXPECT_EQ(turns.run(give(1)), 1);
  turns.run();
  EXPECT_EQ(turns.run(give(2)), 2);
}

par::task<std::unique_ptr<int>> give_owned() {
  co_return std::make_unique<int>(3);
}
par::task<int&> give_reference(int& to) {
  co_return to;
}

TEST(scheduler, gives_what_can_only_be_moved_and_references) {
  int here = 0;
  par::scheduler turns;
  EXPECT_EQ(*turns.run(give_owned()), 3);
  EXPECT_EQ(&turns.run(give_reference(here)), &here);
}

par::task<int> spawn_and_add() {
  par::spawned<int> a = par::spawn(give(10));
  par::spawned<int> b = par::spawn("b", give(20));
  EXPECT_EQ(b.name(), "b");
  co_await b.join();
  EXPECT_TRUE(b.done());
  const int first = co_await std::move(a);
  EXPECT_FALSE(a.valid());
  co_return first + b.get();
}

TEST(scheduler, tasks_spawn_and_join_tasks) {
  EXPECT_EQ(par::scheduler().run(spawn_and_add()), 30);
}

par::task<> note_turns_of_joined(notes& seen) {
  std::vector<par::spawned<void>> all;
  all.push_back(par::spawn(take_turns("a", 2, seen)));
  all.push_back(par::spawn(take_turns("b", 5, seen)));
  co_await par::join_all(all);
  seen.emplace_back("joined");
  co_await par::join_all(all);
  co_await par::join_all(std::vector<par::task_handle>());
}

TEST(scheduler, join_all_waits_for_the_last) {
  notes seen;
  par::scheduler().run(note_turns_of_joined(seen));
  EXPECT_EQ(seen, (notes{"a0", "b0", "a1", "b1", "b2", "b3", "b4", "joined"}));
}

par::task<> join_and_note(par::task_handle other, int self, std::vector<int>& order) {
  co_await other.join();
  order.push_back(self);
}

TEST(scheduler, those_that_join_one_task_go_on_in_the_order_in_which_they_came) {
  std::vector<int> order;
  par::scheduler turns;
  const par::spawned<int> joined = turns.spawn(give(1));
  for (int i = 0; i < 5; ++i) turns.spawn(join_and_note(joined, i, order));
  turns.run();
  EXPECT_EQ(order, (std::vector{0, 1, 2, 3, 4}));
}

par::task<> compare_handles(std::vector<par::task_handle>& into) {
  const par::task_handle self = par::this_task::handle();
  co_await par::this_task::yield();
  EXPECT_EQ(self, par::this_task::handle());
  EXPECT_EQ(self.done(), false);
  into.push_back(self);
}

TEST(scheduler, tells_each_task_which_one_it_is) {
  std::vector<par::task_handle> selves;
  par::scheduler turns;
  const par::task_handle a = turns.spawn("a", compare_handles(selves));
  const par::task_handle b = turns.spawn(compare_handles(selves));
  turns.run();
  EXPECT_EQ(selves, (std::vector{a, b}));
  EXPECT_EQ(a.name(), "a");
  EXPECT_EQ(b.name(), "task-1");
}

par::task<> find_current(par::scheduler& expected, bool& same) {
  same = &par::scheduler::current() == &expected;
  co_return;
}

TEST(scheduler, is_known_to_its_tasks) {
  par::scheduler turns;
  bool same = false;
  turns.run(find_current(turns, same));
  EXPECT_TRUE(same);
  EXPECT_THROW(static_cast<void>(par::scheduler::current()), std::logic_error);
}

par::task<int> run_another() {
  co_return par::scheduler().run(give(4)) + co_await give(1);
}

TEST(scheduler, may_run_within_a_task_of_another) {
  EXPECT_EQ(par::scheduler().run(run_another()), 5);
}

TEST(scheduler, run_of_a_task_cancels_those_that_are_left) {
  par::virtual_clock clock;
  par::scheduler turns(clock);
  const auto sleep_long = []() -> par::task<> { co_await par::this_task::sleep_for(1h); };
  const par::task_handle other = turns.spawn(sleep_long());
  EXPECT_EQ(turns.run(give(6)), 6);
  EXPECT_TRUE(other.cancelled());
  EXPECT_EQ(clock.now(), par::virtual_clock::time_point());
}

// Writes down the end of its scope.
class witness {
 public:
  witness(std::vector<int>& ends, int name) : ends_(&ends), name_(name) {}
  ~witness() { ends_->push_back(name_); }
  witness(const witness&) = delete;
  witness& operator=(const witness&) = delete;

 private:
  std::vector<int>* ends_;
  int name_;
};

par::task<> hold_for_ever(std::vector<int>& ends, int name) {
  const witness here(ends, name);
  co_await par::this_task::sleep_for(1h);
  ends.push_back(-1);
}

par::task<> hold_another(std::vector<int>& ends, int name) {
  const witness here(ends, name);
  co_await hold_for_ever(ends, name + 1);
}

TEST(scheduler, its_end_is_that_of_its_tasks_in_order_from_within) {
  std::vector<int> ends;
  std::optional<par::scheduler> turns(std::in_place);
  const par::task_handle a = turns->spawn(hold_another(ends, 1));
  const par::task_handle b = turns->spawn(hold_for_ever(ends, 3));
  EXPECT_THROW(turns->run([]() -> par::task<> {
    co_await par::this_task::yield();
    throw std::runtime_error("ends the run");
  }()),
               std::runtime_error);
  EXPECT_EQ(ends, (std::vector{2, 1, 3}));  // Cancelled.
  ends.clear();
  const par::task_handle never_began = turns->spawn(hold_for_ever(ends, 4));
  turns.reset();
  EXPECT_TRUE(ends.empty());
  for (const par::task_handle& each : {a, b, never_began}) {
    EXPECT_TRUE(each.done() && each.cancelled());
    EXPECT_FALSE(each.cancel());
  }
}

par::task<> wait_for(par::task_handle other, std::vector<int>& ends, int name) {
  const witness here(ends, name);
  co_await other.join();
  ends.push_back(-1);
}

TEST(scheduler, destroys_tasks_that_wait_without_resuming_them) {
  std::vector<int> ends;
  par::task_handle held;
  {
    par::virtual_clock clock;
    par::scheduler turns(clock);
    par::task_handle first;
    const auto wait_for_later = [](par::task_handle& other) -> par::task<> {
      co_await other.join();
    };
    held = turns.spawn(wait_for_later(first));
    first = turns.spawn(wait_for(held, ends, 1));
    turns.spawn(wait_for(first, ends, 2));
    EXPECT_THROW(turns.run(), par::deadlock);
    EXPECT_EQ(turns.alive(), 3U);
  }
  EXPECT_EQ(ends, (std::vector{1, 2}));
  EXPECT_TRUE(held.cancelled());
}

}  // namespace
