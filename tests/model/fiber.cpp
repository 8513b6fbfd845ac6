#include "model/fiber.h"

#include <cxxabi.h>

#include <utility>

#include "model/sanitized.h"

#ifdef MODEL_ASAN
#include <sanitizer/common_interface_defs.h>
#endif
#ifdef MODEL_TSAN
#include <sanitizer/tsan_interface.h>
#endif

namespace model {
namespace {

fiber* entering = nullptr;  // Whom a switch goes to.
fiber* leaving = nullptr;   // Whom it comes from.

}  // namespace

fiber::fiber()
    : stack_(new char[stack_size]), stack_bottom_(stack_.get()), stack_bytes_(stack_size) {
  getcontext(&context_);
  context_.uc_stack.ss_sp = stack_.get();
  context_.uc_stack.ss_size = stack_size;
  context_.uc_link = nullptr;
  makecontext(&context_, &fiber::entry, 0);
#ifdef MODEL_TSAN
  tsan_fiber_ = __tsan_create_fiber(0);
#endif
}

fiber::fiber(caller) {
#ifdef MODEL_TSAN
  tsan_fiber_ = __tsan_get_current_fiber();
#endif
}

fiber::~fiber() {
#ifdef MODEL_TSAN
  if (stack_ != nullptr) __tsan_destroy_fiber(tsan_fiber_);
#endif
}

std::unique_ptr<fiber> fiber::of_caller() {
  return std::unique_ptr<fiber>(new fiber(caller{}));
}

void fiber::start(body next) {
  next_ = std::move(next);
  locals_.renew();
}

void fiber::entry() {
  entering->arrive();
  entering->loop();
}

void fiber::loop() {
  for (;;) switch_to(std::exchange(next_, nullptr)());
}

void fiber::switch_to(fiber& other) {
  leave(other);
  swapcontext(&context_, &other.context_);
  arrive();
}

void fiber::leave(fiber& to) {
  leaving = this;
  entering = &to;
  auto* const now = reinterpret_cast<exceptions*>(abi::__cxa_get_globals());
  exceptions_ = std::exchange(*now, to.exceptions_);
  to.locals_.replace(locals_);
#ifdef MODEL_ASAN
  __sanitizer_start_switch_fiber(&fake_stack_, to.stack_bottom_, to.stack_bytes_);
#endif
#ifdef MODEL_TSAN
  __tsan_switch_to_fiber(to.tsan_fiber_, 0);
#endif
}

void fiber::arrive() {
#ifdef MODEL_ASAN
  // Also tells where the stack of a caller lies, which only the sanitizer knows.
  __sanitizer_finish_switch_fiber(fake_stack_, &leaving->stack_bottom_, &leaving->stack_bytes_);
#endif
}

}  // namespace model
