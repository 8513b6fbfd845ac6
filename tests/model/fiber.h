// Stackful coroutines: the threads of a scenario, all on one thread of the system.
#pragma once

#include <ucontext.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <span>

#include "model/fiber_locals.h"

namespace model {

// Not thread-safe: a fiber stays on the thread that made it. Each has exceptions in flight of its
// own; thread-local variables are shared. Known to the address and the thread sanitizer.
class fiber {
 public:
  // Runs on the fiber; what it returns is gone on with afterwards.
  using body = std::function<fiber&()>;

  fiber();  // With a stack; runs nothing until it has a body and is switched to.
  ~fiber();
  fiber(const fiber&) = delete;
  fiber& operator=(const fiber&) = delete;

  // Stands for the code that calls, on the stack it has.
  [[nodiscard]] static std::unique_ptr<fiber> of_caller();

  // REQUIRES: the last body has ended. A fiber can have any number, one after another, each with
  // thread-local variables of its own.
  void start(body next);

  // Destroys its thread-local variables. REQUIRES: called on this fiber.
  void destroy_locals() { locals_.destroy(); }

  [[nodiscard]] std::span<const char> stack() const { return {stack_.get(), stack_size}; }

  // Called on this fiber; returns when something switches back to it.
  void switch_to(fiber& other);

 private:
  struct caller {};
  explicit fiber(caller);

  static void entry();
  void loop();
  void leave(fiber& to);
  void arrive();

  static constexpr std::size_t stack_size = 256 * 1024;

  // From operator new, not mmap: what a stranded fiber holds stays visible to the leak checker.
  std::unique_ptr<char[]> stack_;
  ucontext_t context_;
  body next_;

  struct exceptions {  // As the C++ ABI for Itanium lays out __cxa_eh_globals.
    void* caught = nullptr;
    unsigned uncaught = 0;
  };
  exceptions exceptions_;
  fiber_locals locals_;

  // For the sanitizers; unused without.
  [[maybe_unused]] const void* stack_bottom_ = nullptr;
  [[maybe_unused]] std::size_t stack_bytes_ = 0;
  [[maybe_unused]] void* fake_stack_ = nullptr;
  [[maybe_unused]] void* tsan_fiber_ = nullptr;
};

}  // namespace model
