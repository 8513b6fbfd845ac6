// Lists, arrays and single values in a manager's process.
#pragma once

#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "par/processes/manager/proxy.h"

namespace par::inline PAR_ABI {

// NOLINTBEGIN(modernize-use-nodiscard): const handles, but things happen behind them.

namespace detail {

template <class T, class Range>
[[nodiscard]] std::vector<packed> pack_all(const Range& values) {
  std::vector<packed> all;
  for (const auto& each : values) all.push_back(pack<T>(each));
  return all;
}

}  // namespace detail

// Handle of an array, see manager.h: its size never changes. Every operation is one step.
// Positions that it does not have are std::out_of_range.
template <class T>
class managed_array : public detail::proxy {
 public:
  using detail::proxy::proxy;

  [[nodiscard]] T at(std::uint64_t position) const {
    return detail::unpack<T>(call<detail::packed>(detail::operation::get, position));
  }
  void set(std::uint64_t position, const T& value) const {
    call(detail::operation::set, position, detail::pack(value));
  }
  // The value that was there before.
  T exchange(std::uint64_t position, const T& value) const {
    return detail::unpack<T>(
        call<detail::packed>(detail::operation::exchange, position, detail::pack(value)));
  }
  [[nodiscard]] std::size_t size() const { return call<std::uint64_t>(detail::operation::size); }

  // Those from `first` on, `count` or as many as there are.
  [[nodiscard]] std::vector<T> values(
      std::uint64_t first = 0,
      std::uint64_t count = std::numeric_limits<std::uint64_t>::max()) const {
    std::vector<T> made;
    for (auto& each : call<std::vector<detail::packed>>(detail::operation::all, first, count)) {
      made.push_back(detail::unpack<T>(std::move(each)));
    }
    return made;
  }
};

// Handle of a list, see manager.h.
template <class T>
class managed_list : public managed_array<T> {
 public:
  using managed_array<T>::managed_array;

  [[nodiscard]] bool empty() const { return this->size() == 0; }
  void push_back(const T& value) const { append(std::vector<T>{value}); }
  // All of a range, in one step.
  template <class Range>
  void append(const Range& values) const {
    this->call(detail::operation::append, detail::pack_all<T>(values));
  }
  // Before the position; at size(): at the end.
  void insert(std::uint64_t position, const T& value) const {
    this->call(detail::operation::insert, position, detail::pack(value));
  }
  // Takes one out. Throws std::out_of_range.
  T take(std::uint64_t position) const {
    return detail::unpack<T>(
        this->template call<detail::packed>(detail::operation::take, position));
  }
  T pop_back() const {
    return detail::unpack<T>(this->template call<detail::packed>(detail::operation::take_last));
  }
  template <class Range>
  void assign(const Range& values) const {
    this->call(detail::operation::assign, detail::pack_all<T>(values));
  }
  void clear() const { assign(std::vector<T>()); }
};

// Handle of one value, see manager.h.
template <class T>
class managed_value : private managed_array<T> {
 public:
  using managed_array<T>::managed_array;
  using detail::proxy::object;
  using detail::proxy::serialize;

  friend bool operator==(const managed_value& a, const managed_value& b) noexcept {
    return static_cast<const detail::proxy&>(a) == static_cast<const detail::proxy&>(b);
  }

  [[nodiscard]] T get() const { return this->at(0); }
  void set(const T& value) const { managed_array<T>::set(0, value); }
  T exchange(const T& value) const { return managed_array<T>::exchange(0, value); }
};
// NOLINTEND(modernize-use-nodiscard)

}  // namespace par::inline PAR_ABI
