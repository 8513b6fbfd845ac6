// What map returns: results that are computed ahead of the one that takes them.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <iterator>
#include <optional>
#include <ranges>
#include <type_traits>
#include <utility>
#include <vector>

#include "par/base/deadline.h"
#include "par/base/pull_iterator.h"
#include "par/pools/batch_source.h"
#include "par/pools/executor.h"
#include "par/pools/future.h"
#include "par/pools/map_options.h"
#include "par/pools/wait.h"

namespace par::inline PAR_ABI {

// An input range of results. It pulls from the source as results are taken, on the taking thread,
// and runs ahead by at most the window. What a call throws comes out in its place among the
// results, and what the source throws after those before it; the range has ended then. Dropping it
// cancels what has not begun and waits for what has. Not thread-safe; executor and source must
// outlive it.
//
// Inside a task, waiting for a result runs here what nobody has begun; with a timeout it does not,
// since it could not keep the time.
template <std::ranges::view Source, class F>
class mapped_range {
 public:
  using item_type = std::ranges::range_value_t<Source>;
  using result = std::invoke_result_t<F&, item_type>;
  static_assert(std::is_object_v<result>, "map: the function must return a value");

  mapped_range(executor& on, Source source, F f, map_options options)
      : on_(&on),
        source_(std::move(source)),
        f_(std::move(f)),
        chunk_(std::clamp<std::size_t>(options.chunk, 1, most / (2 * on.concurrency()))),
        window_(options.window != 0 ? std::max(options.window, chunk_)
                                    : 2 * chunk_ * on.concurrency()),
        timeout_(options.timeout),
        ordered_(options.ordered) {}

  mapped_range(mapped_range&&) = delete;  // Tasks refer to it.

  ~mapped_range() { abandon(); }

  using iterator = detail::pull_iterator<mapped_range, result>;

  // Starts the work; call it once.
  [[nodiscard]] iterator begin() {
    until_ = deadline::in(timeout_);
    advance();
    return iterator(*this);
  }
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

 private:
  friend iterator;

  static constexpr std::size_t most = PTRDIFF_MAX;  // Items, of all that is counted here.

  // What one task gives: results up to the call that threw, if one did.
  struct batch {
    std::vector<result> results;
    std::exception_ptr error;
  };

  void advance() {
    current_.reset();
    fill();
    while (taken_ == batch_.results.size()) {
      if (batch_.error != nullptr) {
        cancel();
        std::rethrow_exception(std::exchange(batch_.error, nullptr));
      }
      if (ahead_.empty()) {
        return source_.rethrow();
      }
      next_batch();
    }
    current_.emplace(std::move(batch_.results[taken_++]));
    --pulled_;
  }

  void next_batch() {
    batch_ = {};
    taken_ = 0;
    const auto which = wait_for_one();
    if (which == ahead_.end()) {
      cancel();
      throw map_timeout();
    }
    future<batch> one = std::move(*which);
    ahead_.erase(which);
    try {
      batch_ = one.get();
    } catch (...) {  // Dropped by its executor.
      cancel();
      throw;
    }
  }

  using waiting = std::deque<future<batch>>;

  // Where the batch to be handed out next is; the end when it was not there in time.
  typename waiting::iterator wait_for_one() { return ordered_ ? wait_for_first() : wait_for_any(); }

  typename waiting::iterator wait_for_first() {
    const future<batch>& first = ahead_.front();
    if (until_.is_never()) return ahead_.begin();
    return first.wait_until(until_.time()) ? ahead_.begin() : ahead_.end();
  }

  typename waiting::iterator wait_for_any() {
    const auto any_done = [this] { return std::ranges::find_if(ahead_, &future<batch>::done); };
    if (const auto one = any_done(); one != ahead_.end()) return one;
    static_cast<void>(par::wait_until(ahead_, return_when::first_completed, until_));
    return any_done();
  }

  void fill() noexcept {
    while (!source_.ended() && pulled_ <= window_ - chunk_) submit_next();
  }

  // What the executor throws comes out after the results that are ahead, as what the source throws.
  void submit_next() noexcept {
    try {
      std::vector<item_type> items = source_.next(chunk_);
      if (items.empty()) return;
      const std::size_t count = items.size();
      ahead_.push_back(
          submit(*on_, [this, items = std::move(items)]() mutable { return call_for(items); }));
      pulled_ += count;
    } catch (...) {
      source_.end(std::current_exception());
    }
  }

  // Uses the items up.
  batch call_for(std::vector<item_type>& items) {
    batch done;
    done.results.reserve(items.size());
    try {
      for (auto&& each : items) done.results.push_back(std::invoke(f_, std::move(each)));
    } catch (...) {
      done.error = std::current_exception();
    }
    return done;
  }

  void cancel() noexcept {
    source_.end(nullptr);
    for (future<batch>& each : ahead_) each.cancel();
    std::erase_if(ahead_, [](const future<batch>& each) { return each.cancelled(); });
  }

  void abandon() noexcept {
    cancel();
    for (const future<batch>& each : ahead_) each.wait();
    ahead_.clear();
  }

  executor* on_;
  detail::batch_source<Source> source_;
  F f_;  // Called from several threads at once.
  const std::size_t chunk_;
  const std::size_t window_;
  const std::chrono::nanoseconds timeout_;
  const bool ordered_;
  deadline until_ = deadline::never();

  std::size_t pulled_ = 0;  // Items whose results have not been handed out.
  waiting ahead_;
  batch batch_;
  std::size_t taken_ = 0;  // Of the batch.
  std::optional<result> current_;
};

}  // namespace par::inline PAR_ABI
