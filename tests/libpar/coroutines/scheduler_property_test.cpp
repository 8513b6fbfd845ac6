// Random programs of tasks beside a plain simulation of what the scheduler promises.
#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <deque>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "par/coroutines/scheduler.h"
#include "par/coroutines/this_task.h"

namespace {

enum class what { yield, sleep, join, join_for, spawn, cancel, fail };

struct step {
  what kind;
  int span;           // Of sleep and join_for.
  std::size_t other;  // Of join, join_for and cancel: a task, if it has been spawned.
};

struct script {
  std::vector<step> steps;
  bool stubborn = false;  // Goes on with the next step when it is cancelled.
};

using program = std::vector<script>;

program make_program(std::mt19937& random) {
  program tasks(3 + random() % 8);
  for (script& each : tasks) {
    each.stubborn = random() % 4 == 0;
    each.steps.resize(random() % 10);
    for (step& next : each.steps) {
      next = {static_cast<what>(random() % 7), static_cast<int>(random() % 5) - 1,
              random() % tasks.size()};
      if (next.kind == what::fail && random() % 3 != 0) next.kind = what::sleep;
    }
  }
  return tasks;
}

// What happened, one line an event: "time task step: outcome".
using trace = std::vector<std::string>;

std::string event(long time, std::size_t task, std::size_t at, const std::string& outcome) {
  return std::to_string(time) + ' ' + std::to_string(task) + ' ' + std::to_string(at) + ": " +
         outcome;
}

struct failure {};

// The program run by the scheduler.
class real_run {
 public:
  explicit real_run(const program& tasks) : tasks_(tasks) {}

  trace run() {
    {
      par::scheduler turns(clock_);
      spawn_next(turns);
      spawn_next(turns);
      try {
        turns.run();
      } catch (const par::deadlock&) {
        note(0, 0, "deadlock");
      }
      alive_ = turns.alive();
    }
    note(alive_, 0, "left");
    for (std::size_t i = 0; i < handles_.size(); ++i) {
      note(i, 0, handles_[i].cancelled() ? "cancelled at the end" : "ended");
    }
    return seen_;
  }

 private:
  void note(std::size_t task, std::size_t at, const std::string& outcome) {
    seen_.push_back(event(clock_.now().time_since_epoch().count(), task, at, outcome));
  }

  void spawn_next(par::scheduler& on) {
    const std::size_t self = handles_.size();
    if (self == tasks_.size()) return;
    handles_.emplace_back();
    handles_[self] = on.spawn(play(*this, self));
  }

  static par::task<> play(real_run& all, std::size_t self) {
    all.note(self, 0, "begins");
    const script& mine = all.tasks_[self];
    for (std::size_t at = 0; at < mine.steps.size(); ++at) {
      bool cancelled = false;
      try {
        co_await perform(all, self, at);
      } catch (const par::task_cancelled&) {
        cancelled = true;
      }
      if (!cancelled) continue;
      all.note(self, at, "cancelled");
      if (!mine.stubborn) throw par::task_cancelled();
    }
    all.note(self, mine.steps.size(), "returns");
  }

  static par::task<> perform(real_run& all, std::size_t self, std::size_t at) {
    const step& next = all.tasks_[self].steps[at];
    const bool has_other = next.other < all.handles_.size() && next.other != self;
    const std::chrono::nanoseconds span(next.span);
    std::string outcome = "done";
    switch (next.kind) {
      case what::yield:
        co_await par::this_task::yield();
        break;
      case what::sleep:
        co_await par::this_task::sleep_for(span);
        break;
      case what::join:
        if (has_other) co_await all.handles_[next.other].join();
        break;
      case what::join_for:
        if (has_other && !co_await all.handles_[next.other].join_for(span)) outcome = "late";
        break;
      case what::spawn:
        all.spawn_next(par::scheduler::current());
        break;
      case what::cancel:
        if (next.other < all.handles_.size()) all.handles_[next.other].cancel();
        break;
      case what::fail:
        all.note(self, at, "fails");
        throw failure();
    }
    all.note(self, at, outcome);
  }

  const program& tasks_;
  par::virtual_clock clock_;
  std::vector<par::task_handle> handles_;
  std::size_t alive_ = 0;
  trace seen_;
};

// The same, told by a queue of those that are ready and a list of those that sleep.
class simulation {
 public:
  explicit simulation(const program& tasks) : tasks_(tasks) {}

  trace run() {
    spawn_next();
    spawn_next();
    while (!ready_.empty() || !sleepers_.empty()) {
      if (ready_.empty()) wake_first_sleepers();
      const std::size_t next = ready_.front();
      ready_.pop_front();
      go_on(next);
    }
    std::size_t left = 0;
    for (const actor& each : actors_) left += each.now == state::ended ? 0 : 1;
    if (left > 0) note(0, 0, "deadlock");
    note(left, 0, "left");
    for (std::size_t i = 0; i < actors_.size(); ++i) {
      const bool cancelled = actors_[i].cancelled || actors_[i].now != state::ended;
      note(i, 0, cancelled ? "cancelled at the end" : "ended");
    }
    return seen_;
  }

 private:
  enum class state { fresh, ready, waiting, ended };
  struct actor {
    state now = state::fresh;
    std::size_t at = 0;
    bool waited = false;  // The step at which it is has begun to wait.
    bool late = false;
    bool asked = false;  // To cancel.
    bool cancelled = false;
    std::vector<std::size_t> joiners;
  };

  void note(std::size_t task, std::size_t at, const std::string& outcome) {
    seen_.push_back(event(time_, task, at, outcome));
  }

  void spawn_next() {
    if (actors_.size() == tasks_.size()) return;
    ready_.push_back(actors_.size());
    actors_.emplace_back();
  }

  void wake_first_sleepers() {
    time_ = sleepers_.begin()->first.first;
    while (!sleepers_.empty() && sleepers_.begin()->first.first == time_) {
      const std::size_t who = sleepers_.begin()->second;
      actors_[who].late = true;
      wake(who);
    }
  }

  void wake(std::size_t who) {
    std::erase_if(sleepers_, [&](const auto& each) { return each.second == who; });
    for (actor& each : actors_) std::erase(each.joiners, who);
    actors_[who].now = state::ready;
    ready_.push_back(who);
  }

  void go_on(std::size_t self) {
    if (actors_[self].now == state::fresh) {
      if (actors_[self].asked) return end(self, true);
      note(self, 0, "begins");
    }
    actors_[self].now = state::ready;
    const auto& steps = tasks_[self].steps;
    while (actors_[self].at < steps.size()) {
      if (!perform(self, steps[actors_[self].at])) return;
    }
    note(self, steps.size(), "returns");
    end(self, false);
  }

  // False: it waits now, or has ended.
  bool perform(std::size_t self, const step& next) {
    const bool has_other = next.other < actors_.size() && next.other != self;
    const bool joins = next.kind == what::join || next.kind == what::join_for;
    const bool timed = next.kind == what::sleep || next.kind == what::join_for;
    const bool waits = next.kind == what::yield || next.kind == what::sleep || (joins && has_other);
    if (waits) {
      const bool looks = next.kind == what::join_for && next.span <= 0;
      const bool ended = joins && actors_[next.other].now == state::ended;
      const bool over = ended || looks;
      if (looks && !ended) actors_[self].late = true;
      if (!actors_[self].waited && !actors_[self].asked && !over) {
        wait(self, next, joins, timed);
        return false;
      }
      if (std::exchange(actors_[self].asked, false)) return answer_request(self);
    } else if (next.kind == what::spawn) {
      spawn_next();
    } else if (next.kind == what::cancel && next.other < actors_.size()) {
      cancel(next.other);
    } else if (next.kind == what::fail) {
      note(self, actors_[self].at, "fails");
      end(self, false);
      return false;
    }
    const bool late = joins && timed && has_other && std::exchange(actors_[self].late, false);
    note(self, actors_[self].at, late ? "late" : "done");
    next_step(self);
    return true;
  }

  void next_step(std::size_t self) {
    actors_[self].waited = false;
    actors_[self].late = false;
    ++actors_[self].at;
  }

  void wait(std::size_t self, const step& next, bool joins, bool timed) {
    actors_[self].waited = true;
    if (next.kind == what::yield || (next.kind == what::sleep && next.span <= 0)) {
      ready_.push_back(self);
      return;
    }
    actors_[self].now = state::waiting;
    if (timed) sleepers_[{time_ + next.span, order_++}] = self;
    if (joins) actors_[next.other].joiners.push_back(self);
  }

  bool answer_request(std::size_t self) {
    note(self, actors_[self].at, "cancelled");
    next_step(self);
    if (tasks_[self].stubborn) return true;
    end(self, true);
    return false;
  }

  void cancel(std::size_t who) {
    if (actors_[who].now == state::ended) return;
    actors_[who].asked = true;
    if (actors_[who].now == state::waiting) wake(who);
  }

  void end(std::size_t self, bool cancelled) {
    actors_[self].now = state::ended;
    actors_[self].cancelled = cancelled;
    for (const std::size_t each : std::vector(actors_[self].joiners)) wake(each);
  }

  const program& tasks_;
  std::vector<actor> actors_;
  std::deque<std::size_t> ready_;
  std::map<std::pair<long, long>, std::size_t> sleepers_;  // By time and order.
  long time_ = 0;
  long order_ = 0;
  trace seen_;
};

TEST(scheduler_property, random_programs_go_as_the_simulation_says) {
  std::size_t deadlocks = 0, cancelled = 0, late = 0;
  for (unsigned seed = 0; seed < 5'000; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const program tasks = make_program(random);
    const trace expected = simulation(tasks).run();
    ASSERT_EQ(real_run(tasks).run(), expected);
    for (const std::string& each : expected) {
      deadlocks += each.ends_with("deadlock") ? 1 : 0;
      cancelled += each.ends_with("cancelled") ? 1 : 0;
      late += each.ends_with("late") ? 1 : 0;
    }
  }
  // The programs are worth running.
  EXPECT_GT(deadlocks, 20U);
  EXPECT_GT(cancelled, 100U);
  EXPECT_GT(late, 100U);
}

}  // namespace
