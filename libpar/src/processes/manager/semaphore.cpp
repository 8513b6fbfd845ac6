// A manager's semaphore. Permits that are acquired are gone; those that are locked belong to their
// client.
#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <system_error>

#include "object.h"

namespace par::inline PAR_ABI::detail {
namespace {

class semaphore_object : public managed_object {
 public:
  semaphore_object(std::uint64_t permits, std::uint64_t bound) : free_(permits), bound_(bound) {}
  parcel serve(request& asked) override;
  void forget(client_number who) override;

 private:
  outcome take(request& asked, bool for_client);
  void give_back(std::uint64_t permits) PAR_REQUIRES(guard_);
  void unlock(client_number who);

  mutex guard_;
  condition_variable freed_;
  std::uint64_t free_ PAR_GUARDED_BY(guard_);
  const std::uint64_t bound_;
  std::map<client_number, std::uint64_t> held_ PAR_GUARDED_BY(guard_);  // Never 0.
};

parcel semaphore_object::serve(request& asked) {
  switch (asked.what) {
    case operation::acquire:
      return make_reply(take(asked, false));
    case operation::lock:
      return make_reply(take(asked, true));
    case operation::unlock:
      unlock(asked.from.number());
      return make_reply();
    case operation::release: {
      const auto permits = asked.take_one<std::uint64_t>();
      const lock_guard lock(guard_);
      give_back(permits);
      return make_reply();
    }
    default:
      refuse();
  }
}

outcome semaphore_object::take(request& asked, bool for_client) {
  if (for_client) asked.from.concerns(shared_from_this());
  unique_lock lock(guard_);
  const auto ready = [this]() PAR_NO_THREAD_SAFETY_ANALYSIS { return free_ > 0; };
  if (!asked.await(freed_, lock, ready)) return asked.why_not();
  --free_;
  if (for_client) ++held_[asked.from.number()];
  // Nobody has it if nobody hears of it.
  if (!for_client) {
    asked.undelivered = [self = shared_from_this(), this] {
      const lock_guard again(guard_);
      give_back(1);
    };
  }
  return outcome::done;
}

void semaphore_object::give_back(std::uint64_t permits) {
  if (permits > bound_ - free_) {
    throw std::system_error(std::make_error_code(std::errc::value_too_large));
  }
  free_ += permits;
  freed_.notify(permits);
}

void semaphore_object::unlock(client_number who) {
  const lock_guard lock(guard_);
  const auto found = held_.find(who);
  if (found == held_.end()) {
    throw std::system_error(std::make_error_code(std::errc::operation_not_permitted));
  }
  give_back(1);
  if (--found->second == 0) held_.erase(found);
}

void semaphore_object::forget(client_number who) {
  const lock_guard lock(guard_);
  const auto found = held_.find(who);
  if (found == held_.end()) return;
  // Another may have released more than was its own.
  give_back(std::min(found->second, bound_ - free_));
  held_.erase(found);
}

}  // namespace

std::shared_ptr<managed_object> make_semaphore(parcel_reader& from, bool bounded) {
  std::uint64_t permits = 0;
  from(permits);
  constexpr auto most = std::numeric_limits<std::uint64_t>::max();
  return std::make_shared<semaphore_object>(permits, bounded ? permits : most);
}

}  // namespace par::inline PAR_ABI::detail
