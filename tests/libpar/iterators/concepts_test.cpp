// Which types are iterable, and which are iterators in Python's sense.
#include "par/iterators/concepts.h"

#include <array>
#include <forward_list>
#include <functional>
#include <map>
#include <memory>
#include <queue>
#include <ranges>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include "par/iterators/generator.h"
#include "par/iterators/next.h"
#include "par/queues/queue.h"

namespace {

using par::generator;
using par::iterable;
using par::iterator_like;

// Containers, arrays and views can be gone through, each loop from the start: no iterators.
static_assert(iterable<std::vector<int>> && !iterator_like<std::vector<int>>);
static_assert(iterable<const std::string> && !iterator_like<const std::string>);
static_assert(iterable<std::forward_list<int>> && !iterator_like<std::forward_list<int>>);
static_assert(iterable<std::map<int, int>> && !iterator_like<std::map<int, int>>);
static_assert(iterable<std::span<int>> && !iterator_like<std::span<int>>);
static_assert(iterable<int[3]> && !iterator_like<int[3]>);
static_assert(iterable<std::ranges::iota_view<int>>);
static_assert(iterable<std::ranges::istream_view<int>>);

// Generators and cursors keep their place.
static_assert(iterator_like<generator<int>>);
static_assert(iterator_like<generator<int&, std::string, int>>);
static_assert(iterator_like<generator<std::unique_ptr<int>>>);
static_assert(iterator_like<decltype(par::iter(std::declval<std::vector<int>&>()))>);
static_assert(iterator_like<decltype(par::iter(std::declval<std::vector<bool>&>()))>);

// Iterators of C++ are half of a pair; other things are nothing of the kind.
static_assert(!iterable<std::vector<int>::iterator> && !iterator_like<std::vector<int>::iterator>);
static_assert(!iterable<int> && !iterator_like<int>);
static_assert(!iterable<int*>);
static_assert(!iterable<std::priority_queue<int>>);
static_assert(!iterable<par::queue<int>>);
static_assert(!iterable<std::function<int()>>);

// A const generator cannot go on.
static_assert(!iterable<const generator<int>>);

}  // namespace
