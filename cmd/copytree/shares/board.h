// The memory that all processes of one copy share.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <new>

#include "copytree/data/rate_limit.h"
#include "copytree/model/counters.h"
#include "copytree/shares/new_file_note.h"

namespace copytree {

// What goes on in one share, as long as it is under way.
struct share_place {
  moving_counters moving;
  new_file_note making;
};

// A head and the places of the shares. All of it can be zeroed memory.
class board {
 public:
  struct head {
    std::atomic<bool> stop{false};
    std::atomic<std::uint32_t> shares{0};  // That have been handed out.
    rate_limit::account spent{0};
  };

  [[nodiscard]] static std::size_t size_for(std::size_t places) {
    return first_place + places * sizeof(share_place);
  }

  board() = default;
  // What has been laid out in the memory, which must outlive it.
  explicit board(std::byte* memory) : memory_(memory) {}

  // In memory that holds nothing yet.
  static board lay_out(std::byte* memory, std::size_t places) {
    new (memory) head;
    for (std::size_t i = 0; i < places; ++i) new (memory + offset_of(i)) share_place;
    return board(memory);
  }

  [[nodiscard]] head& all() const { return *std::launder(reinterpret_cast<head*>(memory_)); }
  [[nodiscard]] share_place& place(std::size_t number) const {
    return *std::launder(reinterpret_cast<share_place*>(memory_ + offset_of(number)));
  }

 private:
  static constexpr std::size_t first_place = 64;
  static_assert(sizeof(head) <= first_place && first_place % alignof(share_place) == 0);
  static_assert(std::atomic<std::uint64_t>::is_always_lock_free &&
                std::atomic<bool>::is_always_lock_free);

  [[nodiscard]] static constexpr std::size_t offset_of(std::size_t number) {
    return first_place + number * sizeof(share_place);
  }

  std::byte* memory_ = nullptr;
};

}  // namespace copytree
