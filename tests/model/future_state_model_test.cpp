#include "par/pools/future_state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <functional>
#include <memory>

#include "model/data.h"
#include "model/prove.h"
#include "par/pools/callback.h"
#include "par/pools/completions.h"
#include "par/pools/promise.h"
#include "par/pools/result_state.h"

namespace {

// A task whose function writes 7. What it writes is looked at as it lies there, so that only the
// orders of the state stand between the one who runs it and the one who waits.
class task final : public par::detail::future_state {
 public:
  task() : future_state(true, 2) {}

  [[nodiscard]] bool is_seven() const { return result_.get() == 7; }
  [[nodiscard]] bool is_discarded() const { return discarded_.get(); }

 private:
  void call() noexcept override { result_.set(result_.get() + 7); }
  void discard() noexcept override { discarded_.set(true); }
  void fail(std::exception_ptr) noexcept override {}
  [[nodiscard]] bool has_exception() const noexcept override { return false; }

  model::data<int> result_{0};
  model::data<bool> discarded_{false};
};

using owner = par::detail::state_ref<task>;

// One owner besides the queue, which gives its ownership up in run.
struct queued_task {
  task* queued = new task;
  owner mine{queued};
};

struct shared {
  model::data<int> told{0};
  par::detail::atomic<int> good{0};
  par::detail::atomic<int> cancelled{0};

  void count(par::detail::atomic<int>& which, bool if_so = true) {
    if (if_so) which.fetch_add(1, std::memory_order_relaxed);
  }
};

void add_runner(model::scenario& s, const queued_task& made) {
  s.thread([queued = made.queued] { queued->run(); });
}

// A thread with an ownership of its own; the last to give his up destroys the state.
void add_owner(model::scenario& s, const queued_task& made, std::function<void(task&)> body) {
  auto mine = std::make_shared<owner>(made.mine);
  s.thread([mine, body = std::move(body)] {
    body(*mine->get());
    *mine = owner();
  });
}

void wait_and_run(model::scenario& s) {
  auto all = std::make_shared<shared>();
  const queued_task made;
  add_runner(s, made);
  for (int i = 0; i < 2; ++i) {
    add_owner(s, made, [all](task& mine) {
      mine.wait();
      all->count(all->good, mine.is_seven());
    });
  }
  s.at_end([all] { return all->good.load() == 2; });
}

void one_times_out(model::scenario& s) {
  auto all = std::make_shared<shared>();
  const queued_task made;
  add_runner(s, made);
  add_owner(s, made, [all](task& mine) {
    const bool done = mine.wait_until(par::deadline::in(std::chrono::hours(1)));
    all->count(all->good, !done || mine.is_seven());
  });
  add_owner(s, made, [all](task& mine) {
    mine.wait();
    all->count(all->good, mine.is_seven());
  });
  s.at_end([all] { return all->good.load() == 2; });
}

// Run, cancelled from outside, and claimed by a task that waits: one of the three.
void run_or_cancelled_or_claimed(model::scenario& s) {
  auto all = std::make_shared<shared>();
  const queued_task made;
  add_runner(s, made);
  add_owner(s, made, [all](task& mine) { all->count(all->cancelled, mine.cancel()); });
  add_owner(s, made, [all](task& mine) {
    const par::detail::task_scope inside;
    mine.wait();
    all->count(all->good, mine.cancelled() ? mine.is_discarded() : mine.is_seven());
  });
  s.at_end([all] { return all->good.load() == 1; });
}

void cancelled_is_seen(model::scenario& s) {
  auto all = std::make_shared<shared>();
  const queued_task made;
  s.thread([queued = made.queued] { queued->drop(nullptr); });
  add_owner(s, made,
            [all](task& mine) { all->count(all->good, !mine.cancelled() || mine.is_discarded()); });
  s.at_end([all] { return all->good.load() == 1; });
}

// A callback is called once, whether it comes before the end, in it, or after.
void callback_is_called(model::scenario& s) {
  auto all = std::make_shared<shared>();
  const queued_task made;
  add_runner(s, made);
  add_owner(s, made, [all](task& mine) {
    par::detail::callback::add(mine, [all, &mine] {
      if (mine.is_seven()) all->told.set(all->told.get() + 1);
    });
    mine.wait();
  });
  s.at_end([all] { return all->told.get() == 1; });
}

// Two that watch find each other's mark in the word.
void two_callbacks(model::scenario& s) {
  auto all = std::make_shared<shared>();
  const queued_task made;
  add_runner(s, made);
  for (int i = 0; i < 2; ++i) {
    add_owner(s, made, [all](task& mine) {
      par::detail::callback::add(mine, [all, &mine] { all->count(all->good, mine.is_seven()); });
    });
  }
  s.at_end([all] { return all->good.load() == 2; });
}

// The watcher lies on the stack of one who may stop watching at any moment.
void watcher_goes_away(model::scenario& s) {
  struct on_stack final : par::detail::watcher {
    void completed() noexcept override { told.store(1, std::memory_order_release); }
    par::detail::atomic<int> told{0};
  };
  const queued_task made;
  add_runner(s, made);
  add_owner(s, made, [](task& mine) {
    on_stack watching;
    if (!mine.watch(watching) || mine.unwatch(watching)) return;
    while (watching.told.load(std::memory_order_acquire) == 0) par::detail::spin_pause();
  });
}

// Of two that would store the result of a promise, one does; the other is told what there is.
void one_result_only(model::scenario& s) {
  struct promise {
    par::detail::promised_state<model::data<int>> state;
    par::detail::atomic<int> good{0};
  };
  auto all = std::make_shared<promise>();
  for (int i = 0; i < 2; ++i) {
    s.thread([all] {
      try {
        all->state.begin_result();
      } catch (const par::invalid_state&) {
        return;
      }
      all->state.store(7);
      all->state.end_result();
      all->good.fetch_add(1);
    });
  }
  s.thread([all] {
    all->state.wait();
    if (all->state.look().get() == 7) all->good.fetch_add(1);
  });
  s.at_end([all] { return all->good.load() == 2; });
}

// What a promise and those who cancel its future make of it.
struct cancellable_promise {
  par::detail::promised_state<model::data<int>> state;
  model::data<int> why{0};  // Why it was cancelled.
  par::detail::atomic<int> good{0};

  void count(bool if_so) {
    if (if_so) good.fetch_add(1, std::memory_order_relaxed);
  }
};

// Started or cancelled; start() says which, and does not throw.
void promise_is_started_or_cancelled(model::scenario& s) {
  auto all = std::make_shared<cancellable_promise>();
  s.thread([all] {
    all->why.set(3);
    all->count(all->state.cancel());
  });
  s.thread([all] {
    try {
      all->count(all->state.start() ? all->state.running() : all->why.get() == 3);
    } catch (const par::invalid_state&) {  // It was neither; counts for nothing.
    }
  });
  s.at_end([all] { return all->good.load() == (all->state.cancelled() ? 2 : 1); });
}

// A result or cancelled; what a waiter has seen stays.
void promise_is_kept_or_cancelled(model::scenario& s) {
  auto all = std::make_shared<cancellable_promise>();
  s.thread([all] { all->count(all->state.cancel()); });
  s.thread([all] {
    try {
      all->state.begin_result();
    } catch (const par::invalid_state&) {
      return;
    }
    all->state.store(7);
    all->state.end_result();
    all->count(true);
  });
  s.thread([all] {
    all->state.wait();
    const bool cancelled = all->state.cancelled();
    all->count(cancelled || all->state.look().get() == 7);
    all->count(cancelled == all->state.cancelled());
  });
  s.at_end([all] { return all->good.load() == 3; });
}

// Who waits for several gets each once, in whatever order they are done.
void completions_give_each(model::scenario& s) {
  auto all = std::make_shared<shared>();
  auto tasks = std::make_shared<std::array<queued_task, 2>>();
  for (const queued_task& each : *tasks) add_runner(s, each);
  s.thread([all, tasks] {
    par::detail::future_state* const states[] = {(*tasks)[0].mine.get(), (*tasks)[1].mine.get()};
    par::detail::completions done{states};
    for (int i = 0; i < 2; ++i) {
      const auto which = done.next(par::deadline::never());
      all->count(all->good, which && (*tasks)[*which].mine->is_seven());
    }
    all->count(all->good, !done.next(par::deadline::never()));
  });
  s.at_end([all] { return all->good.load() == 3; });
}

const std::vector<model::proof> proofs = {
    {"wait and run", wait_and_run, {.stale_reads = 1}},
    {"one times out", one_times_out, {.stale_reads = 1}},
    {"run or cancelled or claimed", run_or_cancelled_or_claimed},
    {"cancelled is seen", cancelled_is_seen},
    {"callback is called", callback_is_called},
    {"two callbacks", two_callbacks, {.preemptions = 1, .stale_reads = 1}},
    {"watcher goes away", watcher_goes_away},
    {"one result only", one_result_only},
    {"promise is started or cancelled", promise_is_started_or_cancelled, {.stale_reads = 1}},
    {"promise is kept or cancelled", promise_is_kept_or_cancelled},
    {"completions give each", completions_give_each, {.preemptions = 1, .stale_reads = 1}},
};

TEST(future_state_model, every_result_reaches_who_waits) {
  model::prove(proofs);
}

TEST(future_state_model, needs_every_order) {
  EXPECT_THAT(model::needless_orders(proofs, {"future_state.cpp", "future_waits.cpp"}),
              model::are_only({}));
}

}  // namespace
