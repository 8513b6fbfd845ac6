// Sleeping on a word in shared memory, with an ear for a request to stop.
#pragma once

#include <cstdint>
#include <stop_token>
#include <thread>

#include "par/base/deadline.h"
#include "par/base/sync.h"

namespace par::inline PAR_ABI::detail {

// For one wait of one thread, on one word. A stop changes nothing in shared memory: the requesting
// thread wakes all that sleep on the word, again and again until the one it is meant for answers;
// the others look and sleep again.
class shared_sleep {
 public:
  shared_sleep(const atomic<std::uint32_t>& word, const std::stop_token& stop);
  ~shared_sleep();
  shared_sleep(const shared_sleep&) = delete;
  shared_sleep& operator=(const shared_sleep&) = delete;

  // While the word holds `expected`. May end early for no reason. False: the deadline passed.
  bool sleep(std::uint32_t expected, deadline until) noexcept;

  // A stop was requested.
  [[nodiscard]] bool stopped() const noexcept { return phase_.load() != waiting; }

 private:
  enum phase : std::uint32_t { waiting, asked, over };
  struct on_stop {
    shared_sleep& self;
    void operator()() const noexcept { self.interrupt(); }
  };

  void interrupt() noexcept;

  const atomic<std::uint32_t>& word_;
  const std::thread::id sleeper_ = std::this_thread::get_id();
  atomic<std::uint32_t> phase_{waiting};
  std::stop_callback<on_stop> callback_;  // Last: it may be called at once.
};

// How long a sleep lasts that must notice a death: others are to learn of one within 10 ms.
constexpr std::chrono::milliseconds watch_span{4};

[[nodiscard]] inline deadline next_look(deadline until) {
  const deadline soon = deadline::in(watch_span);
  return until.time() < soon.time() ? until : soon;
}

}  // namespace par::inline PAR_ABI::detail
