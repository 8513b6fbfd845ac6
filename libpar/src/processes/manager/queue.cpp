// A manager's queue, joinable.
#include <algorithm>
#include <cstdint>
#include <deque>
#include <utility>

#include "object.h"
#include "par/queues/queue_errc.h"

namespace par::inline PAR_ABI::detail {
namespace {

class queue_object : public managed_object {
 public:
  explicit queue_object(std::uint64_t capacity) : capacity_(capacity) {
    if (capacity == 0) throw std::invalid_argument("queue: capacity 0");
  }
  parcel serve(request& asked) override;

 private:
  parcel put(request& asked);
  parcel get(request& asked);
  parcel join(request& asked);
  void take_back(packed item);
  void task_done();
  void count_done() PAR_REQUIRES(guard_);
  void close(close_mode mode);
  parcel look(request& asked);

  mutex guard_;
  condition_variable came_;  // An item, or the end.
  condition_variable left_;  // An item, or the end.
  condition_variable idle_;  // Nothing is unfinished.
  const std::uint64_t capacity_;
  std::deque<packed> items_ PAR_GUARDED_BY(guard_);
  std::uint64_t unfinished_ PAR_GUARDED_BY(guard_) = 0;
  bool closed_ PAR_GUARDED_BY(guard_) = false;
  bool dropped_ PAR_GUARDED_BY(guard_) = false;  // What was in it.
};

parcel queue_object::serve(request& asked) {
  switch (asked.what) {
    case operation::put:
      return put(asked);
    case operation::get:
      return get(asked);
    case operation::join:
      return join(asked);
    case operation::task_done:
      task_done();
      return make_reply();
    case operation::close:
      close(static_cast<close_mode>(asked.take_one<std::uint8_t>()));
      return make_reply();
    default:
      return look(asked);
  }
}

parcel queue_object::put(request& asked) {
  auto item = asked.take_one<packed>();
  const bool tries = asked.until.passed();
  unique_lock lock(guard_);
  const auto ready = [this]() PAR_NO_THREAD_SAFETY_ANALYSIS {
    return items_.size() < capacity_ || closed_;
  };
  if (!asked.await(left_, lock, ready)) return make_reply(tries ? outcome::full : asked.why_not());
  if (closed_) return make_reply(outcome::closed);
  items_.push_back(std::move(item));
  ++unfinished_;
  came_.notify_one();
  return make_reply(outcome::done);
}

parcel queue_object::get(request& asked) {
  const bool tries = asked.until.passed();
  unique_lock lock(guard_);
  const auto ready = [this]() PAR_NO_THREAD_SAFETY_ANALYSIS { return !items_.empty() || closed_; };
  if (!asked.await(came_, lock, ready)) {
    return make_reply(tries ? outcome::empty : asked.why_not(), packed());
  }
  if (items_.empty()) return make_reply(outcome::closed, packed());
  parcel reply = make_reply(outcome::done, items_.front());
  asked.undelivered = [self = shared_from_this(), this,
                       item = std::move(items_.front())]() mutable { take_back(std::move(item)); };
  items_.pop_front();
  left_.notify_one();
  return reply;
}

// Whoever it was meant for has gone: it is the next one's.
void queue_object::take_back(packed item) {
  const lock_guard lock(guard_);
  if (dropped_) return count_done();
  items_.push_front(std::move(item));
  came_.notify_one();
}

void queue_object::task_done() {
  const lock_guard lock(guard_);
  if (unfinished_ == 0) throw std::logic_error("queue: task_done() more often than put()");
  count_done();
}

void queue_object::count_done() {
  if (unfinished_ > 0 && --unfinished_ == 0) idle_.notify_all();
}

parcel queue_object::join(request& asked) {
  unique_lock lock(guard_);
  const auto ready = [this]() PAR_NO_THREAD_SAFETY_ANALYSIS { return unfinished_ == 0; };
  return make_reply(asked.await(idle_, lock, ready) ? outcome::done : asked.why_not());
}

void queue_object::close(close_mode mode) {
  const lock_guard lock(guard_);
  closed_ = true;
  if (mode == close_mode::immediate) {
    dropped_ = true;
    unfinished_ -= std::min<std::uint64_t>(unfinished_, items_.size());
    items_.clear();
    if (unfinished_ == 0) idle_.notify_all();
  }
  came_.notify_all();
  left_.notify_all();
}

parcel queue_object::look(request& asked) {
  const lock_guard lock(guard_);
  switch (asked.what) {
    case operation::size:
      return make_reply(static_cast<std::uint64_t>(items_.size()));
    case operation::capacity:
      return make_reply(capacity_);
    case operation::is_closed:
      return make_reply(closed_);
    default:
      refuse();
  }
}

}  // namespace

std::shared_ptr<managed_object> make_queue(parcel_reader& from) {
  std::uint64_t capacity = 0;
  from(capacity);
  return std::make_shared<queue_object>(capacity);
}

}  // namespace par::inline PAR_ABI::detail
