#include "par/coroutines/scheduler.h"

#include "par/coroutines/task_handle.h"
#include "scheduler_core.h"

namespace par::inline PAR_ABI {

// Knows whose it is, for current().
class scheduler::owned_core final : public detail::scheduler_core {
 public:
  owned_core(scheduler& of, scheduler_clock& clock) : scheduler_core(clock), owner(of) {}
  scheduler& owner;
};

scheduler::scheduler() : core_(std::make_unique<owned_core>(*this, clock_)) {}
scheduler::scheduler(scheduler_clock& clock) : core_(std::make_unique<owned_core>(*this, clock)) {}
scheduler::~scheduler() = default;

detail::scheduler_core& scheduler::core() noexcept {
  return *core_;
}

void scheduler::add(detail::routine& fresh) {
  core_->add(fresh);
}

void scheduler::run() {
  core_->run_all();
}

void scheduler::run_until_ended(const task_handle& first) {
  core_->run_until_ended(detail::handle_access::routine_of(first));
}

std::size_t scheduler::alive() const noexcept {
  return core_->alive();
}

scheduler& scheduler::current() {
  return static_cast<owned_core&>(*detail::routine::current().home()).owner;
}

}  // namespace par::inline PAR_ABI
