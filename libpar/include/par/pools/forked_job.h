// A call on the caller's stack that another thread may make meanwhile.
#pragma once

#include <cstdint>
#include <exception>

#include "par/base/sync.h"
#include "par/pools/blocking_scope.h"
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

  // Which worker of which host has begun to run it, or null; for that host to use.
  class runner {
   public:
    runner() noexcept = default;
    void set(const task_host& host, void* worker) noexcept {
      host_ = &host;
      worker_.store(worker, std::memory_order_release);  // Partner: the acquire in of.
    }
    [[nodiscard]] void* of(const task_host& host) const noexcept {
      void* const worker = worker_.load(std::memory_order_acquire);
      return worker != nullptr && host_ == &host ? worker : nullptr;
    }

   private:
    const task_host* host_ = nullptr;
    atomic<void*> worker_{nullptr};
  };
  mutable runner run_by;

 protected:
  forked_call() noexcept { forked_ = true; }
  ~forked_call() override = default;

 private:
  // The values of state_; `awaited` while the forking thread sleeps on the word.
  enum : std::uint32_t { forked = 0, awaited = 1, called = 2, dropped = 3 };

  virtual void call() = 0;
  void call_here() noexcept;
  void end(std::uint32_t how) noexcept;
  std::uint32_t wait() noexcept;
  std::uint32_t sleep() noexcept;

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
