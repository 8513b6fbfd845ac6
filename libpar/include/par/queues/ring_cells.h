// The cells of a ring, and which of them a ticket means.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

#include "par/base/abi.h"
#include "par/queues/turn_word.h"

namespace par::inline PAR_ABI::detail {

// Ticket t means cell t mod n, in round t div n. Both without a division, which would cost more
// than all the rest of a put: multiplying by floor((2^64 - 1) / n) gives a quotient at most one too
// small.
class ring_layout {
 public:
  struct place {
    std::size_t cell;
    std::uint32_t round;
  };

  explicit ring_layout(std::size_t cells) noexcept
      : cells_(cells), reciprocal_(~std::uint64_t{0} / cells) {}

  [[nodiscard]] std::size_t size() const noexcept { return cells_; }

  [[nodiscard]] place of(std::uint64_t ticket) const noexcept {
    __extension__ using wide = unsigned __int128;
    auto round = static_cast<std::uint64_t>((wide{ticket} * reciprocal_) >> 64);
    std::uint64_t rest = ticket - round * cells_;
    if (rest >= cells_) {
      rest -= cells_;
      ++round;
    }
    return {.cell = rest, .round = static_cast<std::uint32_t>(round)};
  }

 private:
  std::uint64_t cells_;
  std::uint64_t reciprocal_;
};

// Room for n items. The turn of a cell is even while it is empty, odd while it is full, and one
// larger with each change.
template <class T>
class ring_cells {
 public:
  explicit ring_cells(std::size_t count) : layout_(count), cells_(new cell[count]) {}

  [[nodiscard]] std::size_t size() const noexcept { return layout_.size(); }

  // At which word, and for which turn, the put and the get with this ticket wait.
  struct turn_at {
    turn_word& word;
    std::uint32_t turn;
  };
  [[nodiscard]] turn_at put_turn(std::uint64_t ticket) noexcept {
    const auto [index, round] = layout_.of(ticket);
    return {cells_[index].turn, round * 2};
  }
  [[nodiscard]] turn_at get_turn(std::uint64_t ticket) noexcept {
    const auto [index, round] = layout_.of(ticket);
    return {cells_[index].turn, round * 2 + 1};
  }

  // REQUIRES of both: it is this ticket's turn.
  void fill(std::uint64_t ticket, T&& item) noexcept {
    const auto [index, round] = layout_.of(ticket);
    std::construct_at(&cells_[index].item, std::move(item));
    cells_[index].turn.pass_to(round * 2 + 1);
  }
  T empty(std::uint64_t ticket) noexcept {
    const auto [index, round] = layout_.of(ticket);
    T item = std::move(cells_[index].item);
    std::destroy_at(&cells_[index].item);
    cells_[index].turn.pass_to(round * 2 + 2);
    return item;
  }

 private:
  struct cell {
    cell() noexcept {}
    ~cell() {}
    cell(const cell&) = delete;
    cell& operator=(const cell&) = delete;

    turn_word turn;
    union {
      T item;
    };
  };

  const ring_layout layout_;
  const std::unique_ptr<cell[]> cells_;
};

}  // namespace par::inline PAR_ABI::detail
