// A manager's list; an array and a value are lists whose proxies do not change their size.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "object.h"

namespace par::inline PAR_ABI::detail {
namespace {

using list_position = std::uint64_t;

class list_object : public managed_object {
 public:
  explicit list_object(std::vector<packed> items) : items_(std::move(items)) {}
  parcel serve(request& asked) override;

 private:
  packed& at(list_position where) PAR_REQUIRES(guard_) {
    if (where >= items_.size()) throw std::out_of_range("manager: the list has no such position");
    return items_[where];
  }
  [[nodiscard]] auto place(list_position where) const PAR_REQUIRES(guard_) {
    return items_.begin() + static_cast<std::ptrdiff_t>(where);
  }
  parcel change_size(request& asked) PAR_REQUIRES(guard_);

  mutex guard_;
  std::vector<packed> items_ PAR_GUARDED_BY(guard_);
};

parcel list_object::serve(request& asked) {
  const lock_guard lock(guard_);
  switch (asked.what) {
    case operation::get:
      return make_reply(at(asked.take_one<list_position>()));
    case operation::set: {
      auto [where, value] = asked.take<list_position, packed>();
      at(where) = std::move(value);
      return make_reply();
    }
    case operation::exchange: {
      auto [where, value] = asked.take<list_position, packed>();
      return make_reply(std::exchange(at(where), std::move(value)));
    }
    case operation::size:
      return make_reply(static_cast<std::uint64_t>(items_.size()));
    case operation::all: {
      // A part of it: from a position on, no more than so many.
      const auto [first, count] = asked.take<list_position, std::uint64_t>();
      if (first > items_.size()) throw std::out_of_range("manager: the list has no such position");
      const auto size = std::min<std::uint64_t>(count, items_.size() - first);
      return make_reply(std::vector<packed>(place(first), place(first + size)));
    }
    default:
      return change_size(asked);
  }
}

parcel list_object::change_size(request& asked) {
  switch (asked.what) {
    case operation::append:
      for (packed& each : asked.take_one<std::vector<packed>>()) items_.push_back(std::move(each));
      return make_reply();
    case operation::insert: {
      auto [where, value] = asked.take<list_position, packed>();
      if (where > items_.size()) throw std::out_of_range("manager: the list has no such position");
      items_.insert(place(where), std::move(value));
      return make_reply();
    }
    case operation::take: {
      const auto where = asked.take_one<list_position>();
      parcel reply = make_reply(at(where));
      items_.erase(place(where));
      return reply;
    }
    case operation::take_last: {
      if (items_.empty()) throw std::out_of_range("manager: the list is empty");
      parcel reply = make_reply(items_.back());
      items_.pop_back();
      return reply;
    }
    case operation::assign:
      items_ = asked.take_one<std::vector<packed>>();
      return make_reply();
    default:
      refuse();
  }
}

}  // namespace

std::shared_ptr<managed_object> make_list(parcel_reader& from) {
  std::vector<packed> items;
  from(items);
  return std::make_shared<list_object>(std::move(items));
}

}  // namespace par::inline PAR_ABI::detail
