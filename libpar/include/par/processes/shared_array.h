// Elements that several processes read and write, with a lock beside them.
//
//   par::shared_array<double> samples(1000);                      // zeroed
//   par::shared_array<int> primes(std::vector{2, 3, 5});
//   primes.with_lock([](std::span<int> all) { std::ranges::reverse(all); });
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <mutex>
#include <ranges>
#include <span>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "par/processes/ipc/shared_block.h"

namespace par::inline PAR_ABI {

namespace detail {

template <class Range, class T>
concept values_of = std::ranges::forward_range<Range> &&
                    std::convertible_to<std::ranges::range_reference_t<Range>, T>;

}  // namespace detail

// A handle, with a lock or without, as shared_value. Its size never changes.
template <class T, shareable_lock Lock = ipc::recursive_mutex>
class shared_array : public detail::guarded_block<T, Lock> {
  using base = detail::guarded_block<T, Lock>;

 public:
  using value_type = T;

  // These throw std::length_error if that is too much to be counted, or as shared_memory does.
  shared_array() : shared_array(0) {}
  explicit shared_array(std::size_t size) : base(size) {}  // Zeroed.
  shared_array(std::size_t size, Lock lock) : base(size, std::move(lock)) {}

  template <detail::values_of<T> Range>
    requires(!std::same_as<std::remove_cvref_t<Range>, shared_array>)
  explicit shared_array(Range&& values) : shared_array(size_of(values)) {
    std::ranges::copy(values, data());
  }
  template <detail::values_of<T> Range>
  shared_array(Range&& values, Lock lock) : shared_array(size_of(values), std::move(lock)) {
    std::ranges::copy(values, data());
  }

  [[nodiscard]] std::size_t size() const { return this->count(); }
  [[nodiscard]] bool empty() const { return size() == 0; }

  // One element, with the lock held meanwhile. Throws std::out_of_range.
  [[nodiscard]] T get(std::size_t at) const {
    const std::lock_guard lock(this->guard());
    return base::load_element(checked(at));
  }
  void set(std::size_t at, const T& value) const {
    const std::lock_guard lock(this->guard());
    base::store_element(checked(at), value);
  }

  // f(std::span<T>) with the lock held, and what it returns.
  template <class F>
  decltype(auto) with_lock(F f) const {
    const std::lock_guard lock(this->guard());
    return f(span());
  }

  // REQUIRES of the rest: the lock is held, or the caller knows that nobody else writes.
  [[nodiscard]] T& operator[](std::size_t at) const { return data()[at]; }  // at < size()
  [[nodiscard]] T* data() const { return this->elements(); }
  [[nodiscard]] std::span<T> span() const { return {data(), size()}; }
  [[nodiscard]] T* begin() const { return data(); }
  [[nodiscard]] T* end() const { return data() + size(); }

 private:
  template <class Range>
  static std::size_t size_of(Range& values) {
    return static_cast<std::size_t>(std::ranges::distance(values));
  }

  T& checked(std::size_t at) const {
    if (at >= size()) throw std::out_of_range("shared_array: there is no such element");
    return data()[at];
  }
};

}  // namespace par::inline PAR_ABI
