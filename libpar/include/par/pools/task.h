// What a future and its executor share: a function, its state and its result.
#pragma once

#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include "par/base/deadline.h"
#include "par/base/sync.h"

namespace par::inline PAR_ABI {

class future_cancelled;

namespace detail {

// True while this thread runs a task of some executor. A thread that waits inside a task may run
// the awaited one itself; other threads leave that to the executor.
[[nodiscard]] bool inside_task() noexcept;

// Marks the calling thread as running a task, for its scope.
class task_scope {
 public:
  task_scope() noexcept;
  ~task_scope();
  task_scope(const task_scope&) = delete;
  task_scope& operator=(const task_scope&) = delete;
};

[[noreturn]] void throw_cancelled();

// Thread-safe. queued -> running -> finished, or queued -> cancelled; no way back.
class task {
 public:
  task() = default;
  task(const task&) = delete;
  task& operator=(const task&) = delete;
  virtual ~task() = default;

  bool run_if_queued();  // False: somebody else has begun it, or it was cancelled.
  bool cancel() noexcept;

  // Waits for the end. Inside a task, runs it here if it has not begun.
  void wait();
  [[nodiscard]] bool wait_until(deadline until) noexcept;

  [[nodiscard]] bool done() const noexcept;
  [[nodiscard]] bool cancelled() const noexcept;

 protected:
  virtual void run() noexcept = 0;   // Keeps the result or the exception.
  virtual void drop() noexcept = 0;  // Destroys the function with what it captured.

 private:
  // The values of state_; `awaited` may be added to the first two.
  enum : std::uint32_t { queued = 0, running = 1, finished = 2, cancelled_ = 3, awaited = 4 };

  bool begin() noexcept;  // queued -> running
  void end(std::uint32_t last) noexcept;

  atomic<std::uint32_t> state_{queued};
};

// Gives a task to an executor: called, it runs the task; destroyed uncalled, it cancels it.
class task_runner {
 public:
  explicit task_runner(std::shared_ptr<task> task) noexcept : task_(std::move(task)) {}
  task_runner(task_runner&&) noexcept = default;
  task_runner& operator=(task_runner&&) = delete;
  ~task_runner() {
    if (task_ != nullptr) task_->cancel();
  }

  void operator()() { std::exchange(task_, nullptr)->run_if_queued(); }

 private:
  std::shared_ptr<task> task_;
};

template <class T>
class result_task : public task {
 public:
  // REQUIRES done(); once.
  T take() {
    if (cancelled()) throw_cancelled();
    if (auto* error = std::get_if<std::exception_ptr>(&result_)) {
      std::rethrow_exception(std::exchange(*error, nullptr));
    }
    if constexpr (std::is_reference_v<T>) {
      return static_cast<T>(*std::get<value>(result_));
    } else if constexpr (!std::is_void_v<T>) {
      return std::move(std::get<value>(result_));
    }
  }

 protected:
  template <class F>
  // Keeping an exception_ptr does not throw.
  // NOLINTNEXTLINE(bugprone-exception-escape)
  void keep_result_of(F& f) noexcept {
    try {
      if constexpr (std::is_void_v<T>) {
        f();
      } else if constexpr (std::is_reference_v<T>) {
        result_.template emplace<value>(std::addressof(f()));
      } else {
        result_.template emplace<value>(f());
      }
    } catch (...) {
      result_.template emplace<std::exception_ptr>(std::current_exception());
    }
  }

 private:
  struct nothing {};
  static constexpr std::size_t value = 1;
  using stored = std::conditional_t<
      std::is_void_v<T>, nothing,
      std::conditional_t<std::is_reference_v<T>, std::remove_reference_t<T>*, T>>;

  std::variant<nothing, std::conditional_t<std::is_void_v<T>, bool, stored>, std::exception_ptr>
      result_;
};

template <class T, class F>
class function_task final : public result_task<T> {
 public:
  explicit function_task(F f) : function_(std::move(f)) {}

 private:
  void run() noexcept override {
    this->keep_result_of(*function_);
    drop();
  }
  void drop() noexcept override { function_.reset(); }

  std::optional<F> function_;
};

}  // namespace detail
}  // namespace par::inline PAR_ABI
