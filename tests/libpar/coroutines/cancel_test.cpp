#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "par/coroutines/await_future.h"
#include "par/coroutines/gather.h"
#include "par/coroutines/join_all.h"
#include "par/coroutines/scheduler.h"
#include "par/coroutines/this_task.h"
#include "par/pools/promise.h"

namespace {

using namespace std::chrono_literals;

// Says that its scope has been left.
class witness {
 public:
  explicit witness(bool& ended) : ended_(&ended) {}
  ~witness() { *ended_ = true; }
  witness(const witness&) = delete;
  witness& operator=(const witness&) = delete;

 private:
  bool* ended_;
};

using body = par::task<> (*)(bool& cleaned);

par::task<> cancel_and_join(par::task_handle other) {
  co_await par::this_task::yield();  // It has begun.
  EXPECT_TRUE(other.cancel());
  EXPECT_FALSE(other.done());
  co_await other.join();
  EXPECT_TRUE(other.done() && other.cancelled());
  EXPECT_FALSE(other.cancel());
}

par::task<> wait_long() {
  co_await par::this_task::sleep_for(1h);
}

struct wait_case {
  const char* name;
  body wait;
};

const wait_case waits[] = {
    {"sleep",
     [](bool& cleaned) -> par::task<> {
       const witness here(cleaned);
       co_await par::this_task::sleep_for(1h);
     }},
    {"yield",
     [](bool& cleaned) -> par::task<> {
       const witness here(cleaned);
       for (;;) co_await par::this_task::yield();
     }},
    {"task",
     [](bool& cleaned) -> par::task<> {
       const witness here(cleaned);
       co_await wait_long();
     }},
    {"join",
     [](bool& cleaned) -> par::task<> {
       const witness here(cleaned);
       const auto other = par::spawn(wait_long());
       co_await other.join();
     }},
    {"join with a limit",
     [](bool& cleaned) -> par::task<> {
       const witness here(cleaned);
       const auto other = par::spawn(wait_long());
       static_cast<void>(co_await other.join_for(30min));
     }},
    {"result",
     [](bool& cleaned) -> par::task<> {
       const witness here(cleaned);
       co_await par::spawn(wait_long());
     }},
    {"gather",
     [](bool& cleaned) -> par::task<> {
       const witness here(cleaned);
       co_await par::gather(wait_long(), wait_long());
     }},
    {"future",
     [](bool& cleaned) -> par::task<> {
       const witness here(cleaned);
       par::promise<void> never;
       co_await never.get_future();
     }},
};

TEST(cancel, ends_every_wait_and_runs_destructors) {
  for (const wait_case& each : waits) {
    SCOPED_TRACE(each.name);
    bool cleaned = false;
    par::virtual_clock clock;
    par::scheduler turns(clock);
    par::spawned<void> waiting = turns.spawn(each.wait(cleaned));
    turns.run(cancel_and_join(waiting));
    EXPECT_TRUE(cleaned);
    EXPECT_THROW(waiting.get(), par::task_cancelled);
    EXPECT_EQ(clock.now(), par::virtual_clock::time_point());
  }
}

TEST(cancel, of_a_task_that_has_not_begun_keeps_it_from_beginning) {
  bool cleaned = false;
  par::scheduler turns;
  par::spawned<void> waiting = turns.spawn(waits[0].wait(cleaned));
  EXPECT_TRUE(waiting.cancel());
  turns.run();
  EXPECT_FALSE(cleaned);
  EXPECT_TRUE(waiting.cancelled());
  EXPECT_THROW(waiting.get(), par::task_cancelled);
}

TEST(cancel, is_no_error_that_run_throws) {
  par::scheduler turns;
  turns.spawn(wait_long()).cancel();
  turns.run();
}

par::task<> cancel_oneself(std::vector<std::string>& notes) {
  par::this_task::handle().cancel();
  notes.emplace_back("goes on");
  try {
    co_await par::this_task::sleep_for(1h);
  } catch (const par::task_cancelled&) {
    notes.emplace_back("cancelled");
    throw;
  }
}

TEST(cancel, of_oneself_comes_with_the_next_wait) {
  std::vector<std::string> notes;
  par::virtual_clock clock;
  par::scheduler turns(clock);
  const par::task_handle self = turns.spawn(cancel_oneself(notes));
  turns.run();
  EXPECT_TRUE(self.cancelled());
  EXPECT_EQ(notes, (std::vector<std::string>{"goes on", "cancelled"}));
  EXPECT_EQ(clock.now(), par::virtual_clock::time_point());
}

par::task<int> refuse_once() {
  try {
    co_await par::this_task::sleep_for(1h);
  } catch (const par::task_cancelled&) {  // Goes on below.
  }
  co_await par::this_task::sleep_for(2h);  // The request has been answered.
  co_return 1;
}

par::task<int> cancel_often(par::spawned<int> other, int times) {
  for (int i = 0; i < times; ++i) {
    co_await par::this_task::yield();
    co_await par::this_task::yield();
    other.cancel();
  }
  co_await other.join();
  const bool refused = !other.cancelled();
  co_return refused ? other.get() : -1;
}

TEST(cancel, can_be_refused_once_for_each_time) {
  for (const auto& [times, result] : {std::pair(0, 1), std::pair(1, 1), std::pair(2, -1)}) {
    par::virtual_clock clock;
    par::scheduler turns(clock);
    par::spawned<int> other = turns.spawn(refuse_once());
    EXPECT_EQ(turns.run(cancel_often(std::move(other), times)), result);
  }
}

par::task<> clean_up_with_a_wait(bool& cleaned) {
  bool cancelled = false;
  try {
    co_await par::this_task::sleep_for(1h);
  } catch (const par::task_cancelled&) {
    cancelled = true;
  }
  co_await par::this_task::sleep_for(1s);
  cleaned = true;
  if (cancelled) throw par::task_cancelled();
}

TEST(cancel, lets_a_task_wait_while_it_cleans_up) {
  bool cleaned = false;
  par::virtual_clock clock;
  par::scheduler turns(clock);
  const par::task_handle waiting = turns.spawn(clean_up_with_a_wait(cleaned));
  turns.run(cancel_and_join(waiting));
  EXPECT_TRUE(cleaned);
  EXPECT_EQ(clock.now(), par::virtual_clock::time_point(1s));
}

// Woken by its time and cancelled before its turn comes.
par::task<> cancel_at(par::task_handle& other, std::chrono::seconds time) {
  co_await par::this_task::sleep_for(time);
  other.cancel();
}

TEST(cancel, comes_in_time_for_one_that_is_ready) {
  bool cleaned = false;
  par::virtual_clock clock;
  par::scheduler turns(clock);
  par::task_handle sleeping;
  turns.spawn(cancel_at(sleeping, 3600s));
  sleeping = turns.spawn(waits[0].wait(cleaned));
  turns.run();
  EXPECT_TRUE(sleeping.cancelled());
}

par::task<> wait_below(int depth, int& unwound) {
  if (depth == 0) {
    co_await par::this_task::sleep_for(1h);
    co_return;
  }
  try {
    co_await wait_below(depth - 1, unwound);
  } catch (...) {
    ++unwound;
    throw;
  }
}

TEST(cancel, unwinds_a_deep_chain) {
  int unwound = 0;
  par::virtual_clock clock;
  par::scheduler turns(clock);
  const par::task_handle waiting = turns.spawn(wait_below(1'000, unwound));
  turns.run(cancel_and_join(waiting));
  EXPECT_EQ(unwound, 1'000);
}

constexpr int deep = 100'000;

par::task<> sleep_below(int depth, int& ends) {
  const std::unique_ptr<int, void (*)(int*)> here(&ends, [](int* count) { ++*count; });
  if (depth > 0) {
    co_await sleep_below(depth - 1, ends);
  } else {
    co_await par::this_task::sleep_until(std::chrono::steady_clock::time_point::max());
  }
}

// Ended where it is: nothing is thrown through it.
TEST(cancel, is_not_needed_to_drop_a_deep_chain) {
  int ends = 0;
  {
    par::scheduler turns;
    turns.spawn(sleep_below(deep, ends));
    EXPECT_THROW(turns.run(), par::deadlock);
    EXPECT_EQ(ends, 0);
  }
  EXPECT_EQ(ends, deep + 1);
}

}  // namespace
