// The places of a pipeline's items, and the two turns that go round them: to read, and to write.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>

#include "par/base/sync.h"

namespace par::inline PAR_ABI::detail {

// One item on its way. What is not atomic belongs to the thread that reads it in, works on it, or
// has the write turn here, one after another.
struct alignas(64) token {
  enum class content { item, nothing, end };

  // The values of `reading` and `writing`. Each turn is a thing that exactly one thread holds, or
  // that lies in one place, left there by a thread that could not go on.
  enum : std::uint32_t {
    occupied = 0,   // reading: an item is here.
    vacant = 1,     // reading: a new item may come in.
    read_turn = 2,  // reading: the read turn lies here and waits for the place to become vacant.
    unfinished = 0,
    finished = 1,    // writing: the item waits for the write turn.
    write_turn = 2,  // writing: the write turn lies here and waits for the item.
  };

  atomic<std::uint32_t> reading{vacant};
  atomic<std::uint32_t> writing{unfinished};
  std::size_t number = 0;  // How many were read before it.
  content holds = content::nothing;
  std::exception_ptr error;  // Why there is nothing.
};

// Whoever leaves a turn behind and whoever brings what it waits for each make one exchange on the
// same word; the second sees what the first has left, and goes on. So a turn is never lost and no
// lock is held. Each exchange both publishes what the thread has done to the place and takes over
// what others have: acquire and release.
class token_ring {
 public:
  explicit token_ring(std::size_t size) : tokens_(new token[size]), size_(size) {
    // Relaxed: before there are other threads.
    tokens_[0].writing.store(token::write_turn, std::memory_order_relaxed);
  }

  [[nodiscard]] std::size_t place(const token& one) const noexcept {
    return static_cast<std::size_t>(&one - tokens_.get());
  }

  // With the read turn: the next place, or null when it is occupied; the turn then lies there.
  token* enter() noexcept {
    token& next = tokens_[entering_];
    if (next.reading.exchange(token::read_turn, std::memory_order_acq_rel) != token::vacant) {
      return nullptr;
    }
    // Relaxed: others come here only through `writing`.
    next.reading.store(token::occupied, std::memory_order_relaxed);
    next.number = entered_++;
    entering_ = after(entering_);
    return &next;
  }

  // The item is ready to be written. True: the write turn lay here, and is now the caller's.
  [[nodiscard]] bool finish(token& one) noexcept {
    return one.writing.exchange(token::finished, std::memory_order_acq_rel) == token::write_turn;
  }

  // With the write turn, after writing: true if the read turn lay here, and is now the caller's.
  [[nodiscard]] bool vacate(token& one) noexcept {
    // Relaxed: published by the exchange, and by handing the write turn on.
    one.writing.store(token::unfinished, std::memory_order_relaxed);
    return one.reading.exchange(token::vacant, std::memory_order_acq_rel) == token::read_turn;
  }

  // With the write turn, after vacate: the next item if it is finished, or null; the turn then lies
  // there.
  token* next(const token& one) noexcept {
    token& following = tokens_[after(place(one))];
    const auto was = following.writing.exchange(token::write_turn, std::memory_order_acq_rel);
    return was == token::finished ? &following : nullptr;
  }

 private:
  [[nodiscard]] std::size_t after(std::size_t at) const noexcept {
    return at + 1 == size_ ? 0 : at + 1;
  }

  const std::unique_ptr<token[]> tokens_;
  const std::size_t size_;
  std::size_t entering_ = 0;  // With the read turn.
  std::size_t entered_ = 0;
};

}  // namespace par::inline PAR_ABI::detail
