#include "lock.h"

#include <system_error>

namespace par::inline PAR_ABI::detail {

parcel lock_object::serve(request& asked) {
  switch (asked.what) {
    case operation::lock:
      return make_reply(take(asked, 1));
    case operation::unlock:
      give_one_back(asked.from.number());
      return make_reply();
    default:
      refuse();
  }
}

outcome lock_object::take(request& asked, std::uint64_t levels) {
  asked.from.concerns(shared_from_this());
  const bool tries = asked.until.passed();
  unique_lock lock(guard_);
  if (owner_ == asked.from.number()) {
    if (!recursive_ && tries) return outcome::timeout;
    if (!recursive_) {
      throw std::system_error(std::make_error_code(std::errc::resource_deadlock_would_occur));
    }
    ++levels_;
    return outcome::done;
  }
  const auto is_free = [this]() PAR_NO_THREAD_SAFETY_ANALYSIS { return owner_ == 0; };
  if (!asked.await(freed_, lock, is_free)) return asked.why_not();
  owner_ = asked.from.number();
  levels_ = levels;
  return outcome::done;
}

void lock_object::take_again(request& asked, std::uint64_t levels) {
  asked.until = deadline::never();
  while (!asked.from.has_gone() && take(asked, levels) != outcome::done) {
  }
}

void lock_object::require_owner(client_number who) const {
  if (owner_ == who) return;
  throw std::system_error(std::make_error_code(std::errc::operation_not_permitted));
}

void lock_object::give_one_back(client_number who) {
  const lock_guard lock(guard_);
  require_owner(who);
  if (--levels_ > 0) return;
  owner_ = 0;
  freed_.notify_one();
}

std::uint64_t lock_object::give_back(client_number who) {
  const lock_guard lock(guard_);
  require_owner(who);
  owner_ = 0;
  freed_.notify_one();
  return levels_;
}

void lock_object::forget(client_number who) {
  const lock_guard lock(guard_);
  if (owner_ != who) return;
  owner_ = 0;
  freed_.notify_one();
}

std::shared_ptr<managed_object> make_mutex(bool recursive) {
  return std::make_shared<lock_object>(recursive);
}

}  // namespace par::inline PAR_ABI::detail
