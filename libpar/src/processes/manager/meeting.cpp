// A manager's condition variable, event and barrier.
#include <cstdint>

#include "lock.h"
#include "object_table.h"
#include "par/locks/barrier.h"
#include "par/locks/event.h"

namespace par::inline PAR_ABI::detail {
namespace {

// What a condition_variable gives back while it waits; it is taken again afterwards, patiently.
struct given_lock {
  lock_object& lock_;
  client_number who;
  std::uint64_t levels = 0;

  void unlock() { levels = lock_.give_back(who); }
  void lock() {}
};

class condition_object : public managed_object {
 public:
  parcel serve(request& asked) override {
    switch (asked.what) {
      case operation::wait:
        return make_reply(wait(asked));
      case operation::notify:
        changed_.notify(asked.take_one<std::uint64_t>());
        return make_reply();
      default:
        refuse();
    }
  }

 private:
  outcome wait(request& asked) {
    const auto lock = asked.objects.lock_of(asked.take_one<std::uint64_t>());
    given_lock given{.lock_ = *lock, .who = asked.from.number()};
    const bool notified = asked.from.patiently(
        [&](const std::stop_token& stop) { return changed_.wait_until(given, stop, asked.until); });
    const outcome why = notified ? outcome::done : asked.why_not();
    // A notification that nobody hears of goes to the next.
    if (notified) asked.undelivered = [self = shared_from_this(), this] { changed_.notify_one(); };
    lock->take_again(asked, given.levels);
    return why;
  }

  condition_variable changed_;
};

class event_object : public managed_object {
 public:
  parcel serve(request& asked) override {
    switch (asked.what) {
      case operation::set:
        flag_.set();
        return make_reply();
      case operation::clear:
        flag_.clear();
        return make_reply();
      case operation::is_set:
        return make_reply(flag_.is_set());
      case operation::wait:
        return make_reply(wait(asked) ? outcome::done : asked.why_not());
      default:
        refuse();
    }
  }

 private:
  bool wait(request& asked) {
    if (flag_.is_set() || asked.until.passed()) return flag_.is_set();
    return asked.from.patiently(
        [&](const std::stop_token& stop) { return flag_.wait_until(asked.until, stop); });
  }

  event flag_;
};

// One who goes while it waits breaks it, as one does whose time is up.
class barrier_object : public managed_object {
 public:
  explicit barrier_object(std::uint64_t parties) : barrier_(parties) {}

  parcel serve(request& asked) override {
    switch (asked.what) {
      case operation::wait:
        return wait(asked);
      case operation::abort:
        barrier_.abort();
        return make_reply();
      case operation::reset:
        barrier_.reset();
        return make_reply();
      case operation::is_broken:
        return make_reply(barrier_.broken());
      case operation::size:
        return make_reply(static_cast<std::uint64_t>(barrier_.waiting()));
      case operation::capacity:
        return make_reply(static_cast<std::uint64_t>(barrier_.parties()));
      default:
        refuse();
    }
  }

 private:
  parcel wait(request& asked) {
    const auto place = asked.from.patiently(
        [&](const std::stop_token& stop) { return barrier_.wait_until(asked.until, stop); });
    if (place) return make_reply(outcome::done, static_cast<std::uint64_t>(*place));
    const bool broken = place.error() == barrier_errc::broken;
    return make_reply(broken ? outcome::broken : asked.why_not(), std::uint64_t{0});
  }

  barrier barrier_;
};

}  // namespace

std::shared_ptr<managed_object> make_condition_variable() {
  return std::make_shared<condition_object>();
}

std::shared_ptr<managed_object> make_event() {
  return std::make_shared<event_object>();
}

std::shared_ptr<managed_object> make_barrier(parcel_reader& from) {
  std::uint64_t parties = 0;
  from(parties);
  return std::make_shared<barrier_object>(parties);
}

}  // namespace par::inline PAR_ABI::detail
