#include "par/pools/thread_exception_hook.h"

#include <exception>
#include <memory>
#include <utility>

#include "handle_thread_exception.h"
#include "par/locks/lock_guard.h"
#include "par/locks/mutex.h"

namespace par::inline PAR_ABI {
namespace {

// Never destroyed: daemons may throw to the end.
struct hook_holder {
  mutex guard;
  std::shared_ptr<thread_exception_hook> hook PAR_GUARDED_BY(guard);
};

hook_holder& holder() {
  static auto& only = *new hook_holder;
  return only;
}

}  // namespace

thread_exception_hook set_thread_exception_hook(thread_exception_hook hook) {
  auto fresh = hook ? std::make_shared<thread_exception_hook>(std::move(hook)) : nullptr;
  {
    const lock_guard lock(holder().guard);
    fresh.swap(holder().hook);
  }
  return fresh != nullptr ? *fresh : nullptr;
}

void detail::handle_thread_exception(const thread_handle& thrower) noexcept {
  std::shared_ptr<thread_exception_hook> hook;
  {
    const lock_guard lock(holder().guard);
    hook = holder().hook;
  }
  if (hook == nullptr) std::terminate();
  (*hook)(thrower, std::current_exception());
}

}  // namespace par::inline PAR_ABI
