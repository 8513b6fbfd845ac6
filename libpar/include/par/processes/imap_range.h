// Results of a pool of processes one after another, computed ahead: what process_pool::imap
// returns.
#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <exception>
#include <iterator>
#include <optional>
#include <ranges>
#include <utility>
#include <vector>

#include "par/base/pull_iterator.h"
#include "par/base/unique_function.h"
#include "par/pools/batch_source.h"
#include "par/pools/future.h"
#include "par/pools/wait.h"

namespace par::inline PAR_ABI {

// An input range. It pulls from the source as results are taken, on the taking thread, and runs
// ahead by at most the window. What a call throws comes out in place of its chunk's results, and
// what the source throws after those before it; the range has ended then. Dropping it cancels what
// no worker has. Not thread-safe; pool and source must outlive it.
template <std::ranges::view Source, class Result>
class imap_range {
 public:
  using item_type = std::ranges::range_value_t<Source>;
  using batch = std::vector<Result>;
  using submitter = unique_function<future<batch>(std::vector<item_type>)>;

  // The window counts chunks.
  imap_range(Source source, submitter submit, std::size_t chunk, std::size_t window, bool ordered)
      : source_(std::move(source)),
        submit_(std::move(submit)),
        chunk_(std::max<std::size_t>(chunk, 1)),
        window_(std::max<std::size_t>(window, 1)),
        ordered_(ordered) {}

  imap_range(imap_range&&) = delete;  // Iterators refer to it.
  ~imap_range() { stop(); }

  using iterator = detail::pull_iterator<imap_range, Result>;

  // Starts the work; call it once.
  [[nodiscard]] iterator begin() {
    advance();
    return iterator(*this);
  }
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

 private:
  friend iterator;

  void advance() {
    current_.reset();
    fill();
    while (taken_ == batch_.size()) {
      if (ahead_.empty()) return source_.rethrow();
      next_batch();
      fill();
    }
    current_.emplace(std::move(batch_[taken_++]));
  }

  void next_batch() {
    batch_.clear();
    taken_ = 0;
    auto which = ahead_.begin();
    if (!ordered_) {
      static_cast<void>(par::wait(ahead_, return_when::first_completed));
      which = std::ranges::find_if(ahead_, &future<batch>::done);
    }
    future<batch> one = std::move(*which);
    ahead_.erase(which);
    try {
      batch_ = one.get();
    } catch (...) {
      stop();
      throw;
    }
  }

  // What the pool throws comes out after the results that are ahead, as what the source throws.
  void fill() noexcept {
    while (!source_.ended() && ahead_.size() < window_) {
      try {
        std::vector<item_type> items = source_.next(chunk_);
        if (!items.empty()) ahead_.push_back(submit_(std::move(items)));
      } catch (...) {
        source_.end(std::current_exception());
      }
    }
  }

  void stop() noexcept {
    source_.end(nullptr);
    for (future<batch>& each : ahead_) each.cancel();
    ahead_.clear();
  }

  detail::batch_source<Source> source_;
  submitter submit_;
  const std::size_t chunk_;
  const std::size_t window_;
  const bool ordered_;

  std::deque<future<batch>> ahead_;
  batch batch_;
  std::size_t taken_ = 0;  // Of the batch.
  std::optional<Result> current_;
};

}  // namespace par::inline PAR_ABI
