// Sorting on one thread: what parallel_sort does with pieces that are not worth dividing.
//
// Pattern-defeating quicksort (Peters, 2021) in its outline: small ranges by insertion, runs of
// equal elements in one step, sorted ranges in linear time, and heapsort (Williams, 1964) when
// pivots turn out bad, so that it never takes more than n log n.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <iterator>
#include <utility>

#include "par/pools/partition.h"

namespace par::inline PAR_ABI::detail {

inline constexpr std::ptrdiff_t insertion_size = 24;
inline constexpr std::ptrdiff_t ninther_size = 128;

// An element taken out of the range, and where it will go back, also when a comparison throws.
template <class It>
struct lifted {
  explicit lifted(It from) : at(from), element(std::move(*from)) {}
  lifted(const lifted&) = delete;
  lifted& operator=(const lifted&) = delete;
  ~lifted() { *at = std::move(element); }

  It at;
  value_of<It> element;
};

// False, with the range in some order, once elements have moved by more than `most` places.
template <class It, class Compare>
bool insertion_sort(It first, It last, Compare& less, std::ptrdiff_t most) {
  if (first == last) return true;
  for (It next = std::next(first); next != last; ++next) {
    if (!less(*next, *std::prev(next))) continue;
    lifted<It> one(next);
    do {
      *one.at = std::move(*std::prev(one.at));
      --one.at;
    } while (one.at != first && less(one.element, *std::prev(one.at)));
    most -= next - one.at;
    if (most < 0) return false;
  }
  return true;
}

template <class It, class Compare>
void heap_sort(It first, It last, Compare& less) {
  const auto sink = [&](std::ptrdiff_t at, std::ptrdiff_t size) {
    for (;;) {
      std::ptrdiff_t child = 2 * at + 1;
      if (child >= size) return;
      if (child + 1 < size && less(first[child], first[child + 1])) ++child;
      if (!less(first[at], first[child])) return;
      std::iter_swap(first + at, first + child);
      at = child;
    }
  };
  const std::ptrdiff_t size = last - first;
  for (std::ptrdiff_t at = size / 2; at-- > 0;) sink(at, size);
  for (std::ptrdiff_t end = size; --end > 0;) {
    std::iter_swap(first, first + end);
    sink(0, end);
  }
}

// Sorts *a, *b and *c.
template <class It, class Compare>
void sort_three(It a, It b, It c, Compare& less) {
  if (less(*b, *a)) std::iter_swap(a, b);
  if (!less(*c, *b)) return;
  std::iter_swap(b, c);
  if (less(*b, *a)) std::iter_swap(a, b);
}

// Brings a good pivot to *first: the median of three, or of three medians.
template <class It, class Compare>
void choose_pivot(It first, It last, Compare& less) {
  const std::ptrdiff_t size = last - first;
  const It middle = first + size / 2;
  if (size > ninther_size) {
    sort_three(first, middle, last - 1, less);
    sort_three(first + 1, middle - 1, last - 2, less);
    sort_three(first + 2, middle + 1, last - 3, less);
    sort_three(middle - 1, middle, middle + 1, less);
    std::iter_swap(first, middle);
    return;
  }
  sort_three(middle, first, last - 1, less);
}

// Moves a few elements, so that a pattern that made one pivot bad does not make the next ones bad.
template <class It>
void break_pattern(It first, It last) {
  const std::ptrdiff_t size = last - first;
  if (size < insertion_size) return;
  for (std::ptrdiff_t i = 0; i < 3; ++i) {
    std::iter_swap(first + i, first + size / 4 + i);
    std::iter_swap(last - 1 - i, last - 1 - size / 4 - i);
  }
}

// A part of the range that is still to be sorted.
template <class It>
struct unsorted {
  It first;
  It last;
  int bad_pivots_left;
  bool leftmost;  // Otherwise *(first - 1) is not greater than any of it.

  [[nodiscard]] std::ptrdiff_t size() const { return last - first; }
};

template <class It>
unsorted<It> all_unsorted(It first, It last) {
  const int bad_pivots = static_cast<int>(std::bit_width(static_cast<std::size_t>(last - first)));
  return {first, last, bad_pivots, true};
}

// What is left of a part after one step: up to two parts, which are independent of one another.
template <class It>
struct division {
  unsorted<It> left;
  unsorted<It> right;
};

// One step. REQUIRES part.size() > insertion_size.
template <class It, class Compare>
division<It> divide(unsorted<It> part, Compare& less) {
  const auto [first, last, bad_left, leftmost] = part;
  const unsorted<It> nothing{last, last, 0, false};
  if (bad_left == 0) {
    heap_sort(first, last, less);
    return {nothing, nothing};
  }
  choose_pivot(first, last, less);
  if (!leftmost && !less(*std::prev(first), *first)) {
    return {nothing, {partition_equal(first, last, less), last, bad_left, false}};
  }
  const auto [pivot, was_partitioned] = partition_right(first, last, less);
  division<It> rest{{first, pivot, bad_left, leftmost}, {std::next(pivot), last, bad_left, false}};
  if (std::min(rest.left.size(), rest.right.size()) < part.size() / 8) {
    --rest.left.bad_pivots_left;
    --rest.right.bad_pivots_left;
    break_pattern(rest.left.first, rest.left.last);
    break_pattern(rest.right.first, rest.right.last);
  } else if (was_partitioned) {  // Perhaps it is sorted: worth a few moves to find out.
    constexpr std::ptrdiff_t moves = 8;
    if (insertion_sort(first, pivot, less, moves)) rest.left = nothing;
    if (insertion_sort(std::next(pivot), last, less, moves)) rest.right = nothing;
  }
  return rest;
}

// The smaller half by recursion, the larger in the loop: the stack stays within log n.
template <class It, class Compare>
void quick_sort(unsorted<It> part, Compare& less) {
  while (part.size() > insertion_size) {
    auto [left, right] = divide(part, less);
    if (left.size() > right.size()) std::swap(left, right);
    quick_sort(left, less);
    part = right;
  }
  insertion_sort(part.first, part.last, less, insertion_size * insertion_size);
}

}  // namespace par::inline PAR_ABI::detail
