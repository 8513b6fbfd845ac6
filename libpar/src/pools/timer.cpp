#include "par/pools/timer.h"

#include <system_error>

#include "timer_queue.h"

namespace par::inline PAR_ABI {

using detail::timer_queue;

void timer::start(deadline when, unique_function<void()> call) {
  entry_ = std::make_shared<detail::timer_entry>();
  entry_->call = std::move(call);
  timer_queue::instance().add(when, entry_);
}

timer::~timer() {
  if (cancel() || is_over() || timer_queue::calls_now(*entry_)) return;
  entry_->over.wait();
}

timer& timer::operator=(timer&& other) noexcept {
  timer(std::move(other)).entry_.swap(entry_);
  return *this;
}

bool timer::cancel() noexcept {
  return entry_ != nullptr && timer_queue::instance().cancel(*entry_);
}

bool timer::is_over() const noexcept {
  return entry_ == nullptr || timer_queue::instance().is_over(*entry_);
}

bool timer::wait_until(deadline until, const std::stop_token& stop) const {
  if (is_over()) return true;
  if (timer_queue::calls_now(*entry_)) {
    throw std::system_error(std::make_error_code(std::errc::resource_deadlock_would_occur),
                            "timer: waits for its own call");
  }
  return entry_->over.wait_until(until, stop);
}

}  // namespace par::inline PAR_ABI
