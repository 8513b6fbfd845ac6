#include "par/pools/loop.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <memory>
#include <utility>

#include "par/pools/team.h"
#include "work_share.h"

namespace par::inline PAR_ABI::detail {
namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

// What a piece should last: long beside the clock and the taking of one (some 50 ns), short beside
// what a user notices. A loop that began alone calls for help once it has lasted as long.
constexpr auto piece_time = 10us;

// Spans count units of so many iterations that 32 bits will do.
std::size_t unit_of(std::size_t count) {
  return count / std::numeric_limits<std::uint32_t>::max() + 1;
}

class loop {
 public:
  loop(executor& on, std::size_t count, std::size_t grain, loop_pace& pace,
       function_ref<void(std::size_t, std::size_t)> block)
      : threads_(on.concurrency()),
        count_(count),
        unit_(unit_of(count)),
        grain_(units(std::min(grain, count))),
        pace_(pace),
        block_(block),
        team_(on, help_) {
    first_.fill({0, units(count)});
  }

  // On the calling thread.
  void run() {
    const auto begin = clock::now();
    // Relaxed: a guess.
    const std::size_t expected = pace_.load(std::memory_order_relaxed);
    member self{first_, first_size(), begin};
    bool called = expected < count_;
    if (called) call(self);
    while (run_piece(self)) {
      if (!called && self.now - begin >= piece_time) {
        called = true;
        call(self);
      }
    }
    learn(expected, self);
    team_.close();
    team_.rethrow();
  }

 private:
  // What one thread knows.
  struct member {
    work_share& share;
    std::uint32_t size;  // Of the next piece.
    clock::time_point now;
    std::uint32_t done = 0;
    clock::duration busy{0};
  };

  [[nodiscard]] std::uint32_t units(std::size_t iterations) const {
    return static_cast<std::uint32_t>((iterations - 1) / unit_ + 1);
  }

  // A fraction of what is expected to last a whole piece: the guess may be wrong.
  [[nodiscard]] std::uint32_t first_size() const {
    const std::size_t pace = std::min(pace_.load(std::memory_order_relaxed), count_);
    return std::max(grain_, static_cast<std::uint32_t>(pace / 8 / unit_));
  }

  void call(member& self) {
    const std::size_t pieces = (units(count_) - 1) / grain_ + 1;
    const std::size_t helpers = std::min(threads_, pieces) - 1;
    shares_ = std::make_unique<work_share[]>(helpers);
    team_.call(helpers);
    self.now = clock::now();  // Waking threads is no part of the work.
  }

  void help() {
    // Relaxed: only tells the helpers apart. There are no more than were called.
    work_share& own = shares_[helpers_.fetch_add(1, std::memory_order_relaxed)];
    member self{own, first_size(), clock::now()};
    while (run_piece(self)) {
    }
  }

  bool run_piece(member& self) {
    const span_of_work piece = next_piece(self);
    if (piece.empty()) return false;
    try {
      block_(piece.begin * unit_, std::min(piece.end * unit_, count_));
    } catch (...) {
      stopped_.store(true, std::memory_order_relaxed);  // Orders nothing.
      throw;
    }
    adapt(self, piece.size());
    return true;
  }

  span_of_work next_piece(member& self) {
    if (stopped_.load(std::memory_order_relaxed)) return {};
    for (;;) {
      const span_of_work piece = self.share.take(grain_, self.size);
      if (!piece.empty()) return piece;
      const span_of_work stolen = steal(self);
      if (stolen.empty()) return {};
      self.share.fill(stolen);
    }
  }

  // From whoever has most left.
  span_of_work steal(const member& self) {
    work_share* richest = &first_;
    const std::size_t helpers = helpers_.load(std::memory_order_relaxed);
    for (std::size_t i = 0; i < helpers; ++i) {
      if (shares_[i].size() > richest->size()) richest = &shares_[i];
    }
    return richest == &self.share ? span_of_work{} : richest->steal(grain_);
  }

  void adapt(member& self, std::uint32_t size) {
    const auto time = clock::now() - self.now;
    self.now += time;
    self.busy += time;
    self.done += size;
    if (time < piece_time / 2) {
      self.size = std::max(self.size, std::min(size, units(count_) / 2) * 2);
    } else if (time > piece_time) {
      self.size = std::max(grain_, size / 2);
    }
  }

  // Only written when it is far off: the place in memory is shared by all that run this loop.
  void learn(std::size_t expected, const member& self) {
    if (self.done == 0) return;
    const auto busy = std::max(self.busy, clock::duration(1));
    const double rate = static_cast<double>(self.done) / static_cast<double>(busy.count());
    const auto pace =
        static_cast<std::size_t>(rate * static_cast<double>(unit_) *
                                 static_cast<double>(clock::duration(piece_time).count()));
    if (pace < expected / 2 || pace > expected * 2) pace_.store(pace, std::memory_order_relaxed);
  }

  const std::size_t threads_;
  const std::size_t count_;
  const std::size_t unit_;
  const std::uint32_t grain_;  // In units.
  loop_pace& pace_;
  const function_ref<void(std::size_t, std::size_t)> block_;
  const struct {
    loop& self;
    void operator()() const { self.help(); }
  } help_{*this};
  work_share first_;                      // The caller's.
  std::unique_ptr<work_share[]> shares_;  // The helpers'; set before any is called.
  atomic<std::size_t> helpers_{0};
  atomic<bool> stopped_{false};
  team team_;  // Last: closed before the rest goes.
};

}  // namespace

void run_loop(executor& on, std::size_t count, std::size_t grain, loop_pace& pace,
              function_ref<void(std::size_t, std::size_t)> block) {
  if (count == 0) return;
  grain = std::max<std::size_t>(grain, 1);
  if (count <= grain || on.concurrency() == 1) return block(0, count);
  loop(on, count, grain, pace, block).run();
}

}  // namespace par::inline PAR_ABI::detail
