// A place where threads wait until a condition on atomics may hold, woken one after another.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <utility>

#include "par/base/sync.h"
#include "par/queues/patience.h"
#include "par/queues/queue_errc.h"

namespace par::inline PAR_ABI::detail {

// All who wait at one gate wait for the same condition. Whoever makes it true does so by a
// sequentially consistent read-modify-write, then notifies; that costs one load when nobody waits.
//
// At most one wake-up is under way at a time: further ones are left out until the woken thread has
// run and looked at the condition. Having done its work it notifies in turn, since what was left
// out may have been meant for others. So a burst wakes one thread, which finds many items.
class gate {
 public:
  template <class Ready>
  class watch;

  // Lets one of those who wait look, if there are any and ready() holds.
  template <class Ready>
  void notify_if(const Ready& ready) noexcept {
    const std::uint32_t word = word_.load();
    if (word == 0 || word >= waking || !ready()) return;  // Nobody waits, or one is being woken.
    wake_one(word);
  }

  void notify_all() noexcept;
  template <class Ready>
  void notify_all_if(const Ready& ready) noexcept {
    if (word_.load() != 0 && ready()) notify_all();
  }

 private:
  // Counts the thread as waiting for as long as it lives.
  struct visit {
    explicit visit(atomic<std::uint32_t>& gate_word) : word(gate_word) { word.fetch_add(1); }
    // Relaxed: nobody concludes anything from the count of those who have gone.
    ~visit() { word.fetch_sub(1, std::memory_order_relaxed); }
    visit(const visit&) = delete;
    visit& operator=(const visit&) = delete;
    atomic<std::uint32_t>& word;
  };

  // Pays only while nobody sleeps here already: then what is waited for is likely under way on
  // another processor. Looks less and less often, since each look takes a cache line from there.
  template <class Enough>
  [[nodiscard]] bool spin(const Enough& enough) const noexcept {
    int left = spins;
    // Relaxed: only a hint.
    for (int pauses = 1; left > 0 && word_.load(std::memory_order_relaxed) == 0;) {
      if (enough()) return true;
      for (int each = 0; each < pauses; ++each) spin_pause();
      left -= pauses;
      if (pauses < longest_pause) pauses *= 2;
    }
    return false;
  }

  // The mark of a wake-up under way is taken off before looking, so that whoever left out a
  // wake-up because of it did so before, and what they made true is seen.
  template <class Ready>
  std::optional<queue_errc> sleep(const Ready& ready, const patience& limits) {
    for (bool in_time = true;;) {
      const std::uint32_t word = clear_waking();
      if (ready()) return std::nullopt;
      if (!in_time) return queue_errc::timeout;
      if (limits.stop != nullptr && limits.stop->stop_requested()) return queue_errc::stopped;
      in_time = futex_wait(word_, word, limits.until);
    }
  }

  std::uint32_t clear_waking() noexcept;  // Returns what the word is then.
  void wake_one(std::uint32_t word) noexcept;

#ifdef PAR_MODEL
  static constexpr int spins = 1;  // More rounds would show nothing new.
#else
  static constexpr int spins =
      1000;  // 10-20 us: what it costs to put a thread to sleep and wake it.
#endif
  static constexpr int longest_pause = 8;

  // Values of word_: the number of threads that wait, plus `waking` while a wake-up is under way.
  static constexpr std::uint32_t waking = 1U << 31;

  atomic<std::uint32_t> word_{0};
};

// One thread's dealings with a gate while it tries to get something done: passes the wake-up on at
// the end, if it was woken.
template <class Ready>
class gate::watch {
 public:
  watch(gate& at, Ready ready) : at_(at), ready_(std::move(ready)) {}
  ~watch() {
    if (slept_) at_.notify_if(ready_);
  }
  watch(const watch&) = delete;
  watch& operator=(const watch&) = delete;

  // Waits until ready() holds; otherwise says why it gave up. Before it sleeps it spins; from that
  // it returns early only if enough() holds, which may ask for more than ready().
  template <class Enough>
  std::optional<queue_errc> wait(const patience& limits, const Enough& enough) {
    if (at_.spin(enough) || ready_()) return std::nullopt;
    slept_ = true;
    const visit here(at_.word_);
    if (limits.stop == nullptr) return at_.sleep(ready_, limits);
    const std::stop_callback wake_on_stop(*limits.stop, [this] { at_.notify_all(); });
    return at_.sleep(ready_, limits);
  }
  std::optional<queue_errc> wait(const patience& limits) { return wait(limits, ready_); }

 private:
  gate& at_;
  Ready ready_;
  bool slept_ = false;
};

}  // namespace par::inline PAR_ABI::detail
