// Many values made into one on several threads.
//
//   double total = par::parallel_reduce(pool, prices, 0.0);
//   std::string all = par::parallel_reduce(pool, words, std::string(), std::plus<>());
//   long lines = par::parallel_reduce(pool, files, 0L, std::plus<>(), count_lines);
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <ranges>
#include <utility>

#include "par/base/sync.h"
#include "par/pools/executor.h"
#include "par/pools/loop.h"

namespace par::inline PAR_ABI {

namespace detail {

// How many positions make one leaf of the tree in which a reduction is done: depends on the range
// and the grain alone, never on threads.
[[nodiscard]] constexpr std::size_t reduction_leaf(std::size_t count, std::size_t grain) noexcept {
  constexpr std::size_t most_leaves = 256;
  return std::max({grain, (count + most_leaves - 1) / most_leaves, std::size_t{1}});
}

// The results of leaves, combined in pairs of neighbours, then pairs of pairs: the second of two to
// arrive combines both, so nobody waits.
template <class T, class Op>
class reduction_tree {
 public:
  reduction_tree(std::size_t leaves, Op& op) : leaves_(leaves), op_(op), nodes_(new node[leaves]) {}

  // Leaf i is done. Node i holds, at level k, what has become of leaves i to i + 2^k - 1.
  void arrive(std::size_t leaf, T value) {
    std::size_t at = leaf;
    nodes_[at].value.emplace(std::move(value));
    for (std::size_t span = 1; span < leaves_; span *= 2) {
      const std::size_t left = at & ~(2 * span - 1), right = left + span;
      if (right >= leaves_) continue;  // No neighbour at this level.
      // Acquire and release: the first to come publishes its value to the second. The right
      // neighbour of a node at one level is at no other level anybody's right neighbour.
      if (!nodes_[right].neighbour_came.exchange(true, std::memory_order_acq_rel)) return;
      combine(*nodes_[left].value, *nodes_[right].value);
      nodes_[right].value.reset();
      at = left;
    }
  }

  // When all have arrived.
  [[nodiscard]] T& result() { return *nodes_[0].value; }

 private:
  struct alignas(64) node {
    std::optional<T> value;
    atomic<bool> neighbour_came{false};
  };

  void combine(T& left, T& right) { left = std::invoke(op_, std::move(left), std::move(right)); }

  const std::size_t leaves_;
  Op& op_;
  const std::unique_ptr<node[]> nodes_;
};

// The reduction of [0, count), count > 0, where leaf(begin, end) reduces a part of it.
template <class T, class Leaf, class Op>
T reduce_leaves(executor& on, std::size_t count, std::size_t grain, loop_pace& pace, Leaf leaf,
                Op& op) {
  const std::size_t size = reduction_leaf(count, grain);
  const std::size_t leaves = (count - 1) / size + 1;
  reduction_tree<T, Op> tree(leaves, op);
  const auto block = [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      tree.arrive(i, leaf(i * size, std::min(count, (i + 1) * size)));
    }
  };
  run_loop(on, leaves, 1, pace, block);
  return std::move(tree.result());
}

}  // namespace detail

// op(...op(op(init, project(range[0])), project(range[1]))..., project(range[n - 1])) in any
// grouping, but in this order: op must be associative and need not be commutative. On the calling
// thread and those of the executor; op and project are called by several threads at once.
//
// Reproducible: the grouping depends on the length of the range and the grain alone, so a sum of
// floating-point numbers is the same, to the last bit, whatever the executor. `grain` is the least
// number of elements reduced at one go. Exceptions as from parallel_for. One allocation, of at most
// 256 values.
template <std::ranges::random_access_range Range, class T, class Op = std::plus<>,
          class Project = std::identity>
  requires std::ranges::sized_range<Range>
[[nodiscard]] T parallel_reduce(executor& on, Range&& range, T init, Op op = {},
                                Project project = {}, std::size_t grain = 1) {
  const auto count = static_cast<std::size_t>(std::ranges::size(range));
  if (count == 0) return init;
  const auto first = std::ranges::begin(range);
  using distance = std::ranges::range_difference_t<Range>;
  // Gives what the iterator gives: a projection may return a reference into it.
  const auto element = [&](std::size_t i) -> std::ranges::range_reference_t<Range> {
    return first[static_cast<distance>(i)];
  };
  const auto leaf = [&](std::size_t begin, std::size_t end) {
    T value(std::invoke(project, element(begin)));
    for (std::size_t i = begin + 1; i < end; ++i) {
      value = std::invoke(op, std::move(value), std::invoke(project, element(i)));
    }
    return value;
  };
  T rest = detail::reduce_leaves<T>(on, count, grain, detail::pace_of<void(Range, Op, Project)>,
                                    leaf, op);
  return std::invoke(op, std::move(init), std::move(rest));
}

// The same over the numbers [first, last): reduce(begin, end, identity) gives the value of a piece,
// starting from `identity`, and op combines two neighbours. op(identity, x) must be x.
template <std::integral Index, class T, class Reduce, class Op>
[[nodiscard]] T parallel_reduce_blocks(executor& on, Index first, Index last, T identity,
                                       Reduce reduce, Op op, std::size_t grain = 1) {
  if (first >= last) return identity;
  const auto index_at = [first](std::size_t i) {  // Unsigned, so that it cannot overflow.
    return static_cast<Index>(static_cast<std::size_t>(first) + i);
  };
  const auto leaf = [&](std::size_t begin, std::size_t end) -> T {
    return std::invoke(reduce, index_at(begin), index_at(end), identity);
  };
  const auto count = static_cast<std::size_t>(last) - static_cast<std::size_t>(first);
  return detail::reduce_leaves<T>(on, count, grain, detail::pace_of<void(Reduce, Op)>, leaf, op);
}

}  // namespace par::inline PAR_ABI
