// One step of quicksort: elements less than a pivot to the left, the others to the right.
//
// Comparisons only ever see elements that are in the range, and elements move by whole swaps in
// between: if a comparison throws, the range holds what it held, in some order.
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <type_traits>
#include <utility>

#include "par/base/abi.h"

namespace par::inline PAR_ABI::detail {

template <class It>
using value_of = typename std::iterator_traits<It>::value_type;

// True where swapping costs less than a branch that is guessed wrong.
template <class T>
inline constexpr bool is_cheap_to_swap =
    std::is_trivially_copyable_v<T> && sizeof(T) <= 2 * sizeof(void*);

// Where the pivot is in the end, and whether the range was in this order before.
template <class It>
struct partition_result {
  It pivot;
  bool was_partitioned;
};

// [first, last) in two, without a branch on the outcome of a comparison: every element is swapped
// with the first of the right part, which then shrinks or not. Branchless Lomuto partitioning
// (Peters, 2023).
template <class It, class Compare>
It partition_branchless(It first, It last, value_of<It> pivot, Compare& less) {
  It right = first;
  for (; first != last; ++first) {
    const value_of<It> element = *first;
    *first = *right;
    *right = element;
    right += static_cast<std::ptrdiff_t>(less(element, pivot));
  }
  return right;
}

// The same by exchanging what is on the wrong side, from both ends (Hoare, 1962).
template <class It, class Compare, class Pivot>
It partition_swapping(It first, It last, const Pivot& pivot, Compare& less) {
  for (;;) {
    while (first != last && less(*first, pivot)) ++first;
    while (first != last && !less(*std::prev(last), pivot)) --last;
    if (first == last) return first;
    std::iter_swap(first, --last);
    ++first;
  }
}

// Around the pivot *first; REQUIRES first != last. Elements equal to it go to the right.
template <class It, class Compare>
partition_result<It> partition_right(It first, It last, Compare& less) {
  It left = std::next(first), right = last;
  while (left != right && less(*left, *first)) ++left;
  while (left != right && !less(*std::prev(right), *first)) --right;
  const bool was_partitioned = left == right;
  if (!was_partitioned) {
    if constexpr (is_cheap_to_swap<value_of<It>>) {
      left = partition_branchless(left, right, *first, less);
    } else {
      left = partition_swapping(left, right, *first, less);
    }
  }
  const It pivot = std::prev(left);
  std::iter_swap(first, pivot);
  return {pivot, was_partitioned};
}

// The same where no element is less than the pivot: those equal to it go to the left, and the
// position after them is returned. They need no more sorting.
template <class It, class Compare>
It partition_equal(It first, It last, Compare& less) {
  auto not_greater = [&less](const auto& element, const auto& pivot) {
    return !less(pivot, element);
  };
  if constexpr (is_cheap_to_swap<value_of<It>>) {
    return partition_branchless(std::next(first), last, *first, not_greater);
  } else {
    return partition_swapping(std::next(first), last, *first, not_greater);
  }
}

}  // namespace par::inline PAR_ABI::detail
