#include "timer_heap.h"

#include <algorithm>

namespace par::inline PAR_ABI::detail {
namespace {

constexpr std::size_t children = 4;

std::size_t parent_of(std::size_t at) noexcept {
  return (at - 1) / children;
}

}  // namespace

void timer_heap::push(sleeper& who, time_point due) {
  const entry added{due, pushes_++, &who};
  entries_.push_back(added);
  sift_up(entries_.size() - 1, added);
}

sleeper& timer_heap::pop() noexcept {
  sleeper& first = *entries_.front().who;
  remove(first);
  return first;
}

void timer_heap::remove(sleeper& who) noexcept {
  const std::size_t hole = who.place_;
  const entry moved = entries_.back();
  who.place_ = sleeper::none;
  entries_.pop_back();
  if (hole == entries_.size()) return;
  if (hole > 0 && moved < entries_[parent_of(hole)]) {
    sift_up(hole, moved);
  } else {
    sift_down(hole, moved);
  }
}

void timer_heap::place(std::size_t at, const entry& what) noexcept {
  entries_[at] = what;
  what.who->place_ = at;
}

void timer_heap::sift_up(std::size_t at, const entry& what) noexcept {
  while (at > 0 && what < entries_[parent_of(at)]) {
    place(at, entries_[parent_of(at)]);
    at = parent_of(at);
  }
  place(at, what);
}

void timer_heap::sift_down(std::size_t at, const entry& what) noexcept {
  for (;;) {
    const std::size_t first = at * children + 1;
    if (first >= entries_.size()) break;
    const auto begin = entries_.begin() + static_cast<std::ptrdiff_t>(first);
    const auto end =
        entries_.begin() + static_cast<std::ptrdiff_t>(std::min(first + children, entries_.size()));
    const auto least = std::min_element(begin, end);
    if (!(*least < what)) break;
    place(at, *least);
    at = static_cast<std::size_t>(least - entries_.begin());
  }
  place(at, what);
}

}  // namespace par::inline PAR_ABI::detail
