// A call on the caller's stack that another thread may make meanwhile.
#pragma once

#include <cstdint>
#include <exception>

#include "par/base/sync.h"
#include "par/pools/executor.h"
#include "par/pools/job.h"

namespace par::inline PAR_ABI::detail {

// Forked and joined by one thread, in that order; joined before it goes.
class forked_call : public job {
 public:
  // Queues the call. An executor that is shut down leaves it to join.
  // REQUIRES on.gives_back().
  void fork(executor& on) noexcept;

  // Returns when the call has been made: here, unless somebody else has begun it.
  void join(executor& on) noexcept;

  // REQUIRES joined. What the call threw, or null.
  [[nodiscard]] const std::exception_ptr& error() const noexcept { return error_; }

  void run() final;
  void drop(std::exception_ptr why) noexcept final;

 protected:
  ~forked_call() override = default;

 private:
  // The values of state_; `awaited` while the forking thread sleeps on the word.
  enum : std::uint32_t { forked = 0, awaited = 1, called = 2, dropped = 3 };

  virtual void call() = 0;
  void call_here() noexcept;
  void end(std::uint32_t how) noexcept;
  std::uint32_t wait() noexcept;

  atomic<std::uint32_t> state_{forked};
  std::exception_ptr error_;
};

template <class F>
class forked_job final : public forked_call {
 public:
  forked_job(F& f) noexcept : f_(f) {}  // Implicit, to be made inside a tuple.

 private:
  void call() override { f_(); }
  F& f_;
};

}  // namespace par::inline PAR_ABI::detail
