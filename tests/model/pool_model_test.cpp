// The pool without its threads: those of the scenario take their place.
#include "pools/pool_core.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <memory>

#include "model/data.h"
#include "model/prove.h"

namespace {

class pool;

class counted_job final : public par::detail::job {
 public:
  void run() override {
    runs.set(runs.get() + 1);
    if (then) then();
  }
  void drop(std::exception_ptr) noexcept override { drops.set(drops.get() + 1); }

  model::data<int> runs{0};
  model::data<int> drops{0};
  std::function<void()> then;
};

// Threads of the scenario stand ready, one for each slot; a start lets one go.
class pool final : public par::detail::thread_starter {
 public:
  pool(std::size_t width, std::size_t slots) : core(width, slots, *this), slots_(slots) {
    static_cast<void>(core.start());
  }

  bool start_thread(std::size_t slot) noexcept override {
    tell(slot, started);
    return true;
  }

  void thread_of(std::size_t slot) {
    while (told_[slot].load(std::memory_order_acquire) == nothing) {
      par::detail::futex_wait(told_[slot], nothing);
    }
    if (told_[slot].load(std::memory_order_acquire) == started) core.work(slot);
  }

  // Ends those that were never started. REQUIRES: closed.
  void end() {
    for (std::size_t slot = 0; slot < slots_; ++slot) tell(slot, never);
  }

  [[nodiscard]] bool ran_once(std::size_t jobs) const {
    for (std::size_t i = 0; i < jobs; ++i) {
      if (all[i].runs.get() != 1) return false;
    }
    return true;
  }

  std::array<counted_job, 3> all;
  par::detail::pool_core core;
  par::detail::atomic<std::uint32_t> signal{0};
  bool good = false;

 private:
  enum : std::uint32_t { nothing, started, never };

  void tell(std::size_t slot, std::uint32_t what) noexcept {
    std::uint32_t expected = nothing;
    if (!told_[slot].compare_exchange_strong(expected, what, std::memory_order_release,
                                             std::memory_order_relaxed)) {
      return;
    }
    par::detail::futex_wake_all(told_[slot]);
  }

  std::array<par::detail::atomic<std::uint32_t>, 2> told_;
  const std::size_t slots_;
};

using body = std::function<void(pool&)>;

// One thread from outside, and one for each slot.
model::test program(std::size_t width, std::size_t slots, const body& outside,
                    const std::function<bool(pool&)>& holds) {
  return [=](model::scenario& s) {
    auto p = std::make_shared<pool>(width, slots);
    s.thread([p, outside] {
      outside(*p);
      p->core.close();
      p->end();
    });
    for (std::size_t slot = 0; slot < slots; ++slot) s.thread([p, slot] { p->thread_of(slot); });
    s.at_end([p, holds] { return holds(*p); });
  };
}

body posts(std::size_t jobs) {
  return [jobs](pool& p) {
    for (std::size_t i = 0; i < jobs; ++i) static_cast<void>(p.core.post(p.all[i]));
  };
}

// What a wait for idleness has seen is done, and seen whole.
body posts_and_waits(std::size_t jobs) {
  return [jobs](pool& p) {
    posts(jobs)(p);
    p.core.wait_idle();
    p.good = p.ran_once(jobs);
  };
}

void posts_from_inside(pool& p) {
  p.all[0].then = [&p] { static_cast<void>(p.core.post(p.all[1])); };
  posts_and_waits(1)(p);
  p.good = p.ran_once(2);
}

// The first job waits for one that it has itself queued, and says so: a spare thread takes that.
void blocks_inside(pool& p) {
  p.all[0].then = [&p] {
    static_cast<void>(p.core.post(p.all[1]));
    const par::blocking_scope blocking;
    while (p.signal.load(std::memory_order_acquire) == 0) par::detail::futex_wait(p.signal, 0);
  };
  p.all[1].then = [&p] {
    p.signal.store(1, std::memory_order_release);
    par::detail::futex_wake(p.signal, 1);
  };
  posts_and_waits(1)(p);
  p.good = p.ran_once(2);
}

void posts_and_takes_back(pool& p) {
  posts(2)(p);
  const bool mine = p.core.take_back(p.all[1]);
  p.core.wait_idle();
  p.good = p.ran_once(1) && p.all[1].runs.get() == (mine ? 0 : 1);
}

void posts_and_drops(pool& p) {
  posts(2)(p);
  p.core.drop_queued(nullptr);
  p.core.wait_idle();
  p.good = true;
  for (std::size_t i = 0; i < 2; ++i) {
    p.good = p.good && p.all[i].runs.get() + p.all[i].drops.get() == 1;
  }
}

bool is_good(pool& p) {
  return p.good;
}

bool all_ran(pool& p) {
  return p.ran_once(2);
}

// Every run has many steps, so there are fewer surprises in each.
constexpr model::options one_thread = {.preemptions = 2, .stale_reads = 1, .spurious = 0};
constexpr model::options two_threads = {.preemptions = 1, .stale_reads = 1, .spurious = 0};

const std::vector<model::proof> with_one_thread = {
    {"waits until idle", program(1, 1, posts_and_waits(2), is_good), one_thread},
    {"closed at once", program(1, 1, posts(2), all_ran), one_thread},
    {"posts from inside", program(1, 1, posts_from_inside, is_good), one_thread},
    {"takes back", program(1, 1, posts_and_takes_back, is_good), one_thread},
    {"drops", program(1, 1, posts_and_drops, is_good), one_thread},
};

const std::vector<model::proof> with_two_threads = {
    {"waits until idle", program(2, 2, posts_and_waits(2), is_good), two_threads},
    {"closed at once", program(2, 2, posts(2), all_ran), two_threads},
    {"one steals what the other has queued", program(2, 2, posts_from_inside, is_good),
     two_threads},
    {"a spare thread takes over from one that blocks", program(1, 2, blocks_inside, is_good),
     two_threads},
};

TEST(pool_model, one_thread_runs_each_job_and_oversleeps_nothing) {
  model::prove(with_one_thread);
}

TEST(pool_model, two_threads_run_each_job_and_oversleep_nothing) {
  model::prove(with_two_threads);
}

}  // namespace
