#include "par/pools/run_sort.h"

#include <algorithm>
#include <exception>
#include <optional>
#include <vector>

#include "par/base/thread_safety.h"
#include "par/locks/condition_variable.h"
#include "par/locks/lock_guard.h"
#include "par/locks/mutex.h"
#include "par/pools/blocking_scope.h"
#include "par/pools/team.h"

namespace par::inline PAR_ABI::detail {
namespace {

// A helper that finds no part leaves, and is called again when there is one: dividing a large part
// takes long enough for others to use the thread. The calling thread sleeps instead.
class sort_run {
 public:
  sort_run(executor& on, std::size_t small, sort_steps& steps)
      : most_helpers_(on.concurrency() - 1), small_(small), steps_(steps), team_(on, help_) {}

  void run(sort_part all) {
    put(all);
    do {
      serve();
    } while (wait_for_part());
    team_.close();
    const lock_guard lock(guard_);
    if (error_ != nullptr) std::rethrow_exception(std::exchange(error_, nullptr));
  }

 private:
  void put(sort_part part) {
    bool call = false;
    {
      const lock_guard lock(guard_);
      if (error_ != nullptr) return;
      parts_.push_back(part);
      call = ++open_ > 1 && helpers_ < most_helpers_;  // The first part is the caller's own.
      if (call) ++helpers_;
    }
    if (call)
      team_.call(1);
    else
      changed_.notify_one();
  }

  // The largest, so that whoever comes late gets the most.
  std::optional<sort_part> take() {
    const lock_guard lock(guard_);
    if (parts_.empty()) return std::nullopt;
    const auto largest = std::ranges::max_element(parts_, {}, &sort_part::size);
    const sort_part part = *largest;
    *largest = parts_.back();
    parts_.pop_back();
    return part;
  }

  void serve() {
    while (const std::optional<sort_part> part = take()) {
      std::exception_ptr error;
      try {
        sort(*part);
      } catch (...) {
        error = std::current_exception();
      }
      done(error);
    }
  }

  void sort(sort_part part) {
    while (part.size() > small_) {
      auto [smaller, larger] = steps_.divide(part);
      if (smaller.size() > larger.size()) std::swap(smaller, larger);
      if (smaller.size() > 1) put(larger);
      part = smaller.size() > 1 ? smaller : larger;
    }
    steps_.finish(part);
  }

  void done(const std::exception_ptr& error) {
    const lock_guard lock(guard_);
    --open_;
    if (error != nullptr) {
      if (error_ == nullptr) error_ = error;
      open_ -= parts_.size();
      parts_.clear();
    }
    if (open_ == 0) changed_.notify_all();
  }

  // By the calling thread: false when all is sorted.
  bool wait_for_part() {
    unique_lock lock(guard_);
    changed_.wait(lock,
                  [this]() PAR_NO_THREAD_SAFETY_ANALYSIS { return open_ == 0 || !parts_.empty(); });
    return open_ > 0;
  }

  void help() {
    serve();
    const lock_guard lock(guard_);
    --helpers_;
  }

  const std::size_t most_helpers_;
  const std::size_t small_;
  sort_steps& steps_;
  const struct {
    sort_run& self;
    void operator()() const { self.help(); }
  } help_{*this};

  mutex guard_;
  condition_variable changed_;
  std::vector<sort_part> parts_ PAR_GUARDED_BY(guard_);
  std::size_t open_ PAR_GUARDED_BY(guard_) = 0;     // Parts that wait or are being sorted.
  std::size_t helpers_ PAR_GUARDED_BY(guard_) = 0;  // Called, or inside.
  std::exception_ptr error_ PAR_GUARDED_BY(guard_);
  team team_;  // Last: closed before the rest goes.
};

}  // namespace

std::size_t small_sort_part(const executor& on, std::size_t count) {
  constexpr std::size_t worth_handing_over = 4'096, parts_for_each = 64;
  if (on.concurrency() == 1) return count;
  return std::max(worth_handing_over, count / (parts_for_each * on.concurrency()));
}

void run_sort(executor& on, sort_part all, std::size_t small, sort_steps& steps) {
  if (all.size() <= small) return steps.finish(all);
  sort_run(on, small, steps).run(all);
}

}  // namespace par::inline PAR_ABI::detail
