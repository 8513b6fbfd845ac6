// What a thread pool does, without its threads: queues, sleeping and waking, the count of what is
// open. Whoever runs work(slot) is the thread of that slot; tests let a deterministic scheduler.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <vector>

#include "injection_queue.h"
#include "par/base/sync.h"
#include "par/base/thread_safety.h"
#include "par/locks/condition_variable.h"
#include "par/locks/mutex.h"
#include "par/pools/blocking_scope.h"
#include "par/pools/job.h"
#include "steal_deque.h"

namespace par::inline PAR_ABI::detail {

// Starts the thread of a slot, which is to call work(slot) once. False: no thread can be had.
class thread_starter {
 public:
  virtual bool start_thread(std::size_t slot) noexcept = 0;

 protected:
  ~thread_starter() = default;
};

// Thread-safe. Up to `width` threads are active; the others, if there are more, sleep or wait
// inside a task. impl.md tells how they find each other.
class pool_core final : public task_host {
 public:
  pool_core(std::size_t width, std::size_t slots, thread_starter& starter);
  ~pool_core() override;

  // Starts the thread of the next slot. False: none is left, or no thread can be had.
  bool start() noexcept;

  // The body of a thread: runs jobs until the pool is closed and none is left.
  void work(std::size_t slot);

  // False: closed, and the calling thread is none of the pool's. Nothing was queued then.
  [[nodiscard]] bool post(job& work);
  [[nodiscard]] bool post(job_list& work);
  [[nodiscard]] bool take_back(job& work) noexcept;

  // A closure to post, without an allocation if the pool has a used one.
  [[nodiscard]] closure& make_closure(unique_function<void()>&& function);

  void close() noexcept;
  void drop_queued(const std::exception_ptr& why) noexcept;

  // Waits until all jobs are done, then rethrows the first exception since the last call. Throws
  // std::logic_error on a thread of the pool.
  void wait_idle();

  [[nodiscard]] std::size_t width() const noexcept { return width_; }
  [[nodiscard]] bool runs_here() const noexcept;

  void begin_blocking() noexcept override;
  void end_blocking() noexcept override;
  bool take_newest(job& which) noexcept override;
  const forked_call* run_call(const forked_call* now) noexcept override;
  bool help(const forked_call& running) noexcept override;

  // The calling thread, a copy made by fork, is no worker any more.
  static void forget_this_thread() noexcept;

 private:
  struct worker;

  // state_ holds three counts. Active threads run a job or search for one; waiters are in
  // wait_idle.
  static constexpr std::uint64_t one_active = 1;
  static constexpr std::uint64_t one_searching = std::uint64_t{1} << 16;
  static constexpr std::uint64_t one_waiter = std::uint64_t{1} << 32;
  static constexpr std::uint64_t count_mask = 0xffff;
  static std::uint64_t active(std::uint64_t state) { return state & count_mask; }
  static std::uint64_t searching(std::uint64_t state) { return state / one_searching & count_mask; }
  static std::uint64_t waiters(std::uint64_t state) { return state / one_waiter; }

  job* find(worker& self) noexcept;
  job* steal(const worker& self) noexcept;
  [[nodiscard]] bool has_work() const noexcept;
  void run(worker& self, job& work) noexcept;

  bool begin_searching() noexcept;
  void end_searching() noexcept;
  bool search(worker& self) noexcept;
  [[nodiscard]] bool is_surplus() const noexcept;
  bool park(worker& self, bool was_searching) noexcept;  // False: closed, and no work is left.
  void wake_one_if_wanted() noexcept;
  worker* unpark() noexcept;
  bool start_counted() noexcept;

  [[nodiscard]] bool all_done() const noexcept;
  void tell_waiters() noexcept;

  const std::size_t width_;
  thread_starter& starter_;
  std::vector<std::unique_ptr<worker>> workers_;  // One for each slot.
  alignas(64) atomic<std::uint64_t> state_{0};
  alignas(64) injection_queue injected_;
  atomic<std::uint64_t> gone_{0};  // Jobs dropped, or taken back from the injection queue.

  mutex parking_;
  worker* parked_ PAR_GUARDED_BY(parking_) = nullptr;  // The last to park is the first to wake.
  bool closed_ PAR_GUARDED_BY(parking_) = false;
  atomic<std::size_t> started_{0};  // Sequentially consistent.

  mutex guard_;
  condition_variable idle_;
  std::exception_ptr first_error_ PAR_GUARDED_BY(guard_);
};

}  // namespace par::inline PAR_ABI::detail
