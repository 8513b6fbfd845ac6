// Who may fill and who may empty the cells of a ring, in which order.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "par/base/expected.h"
#include "par/base/sync.h"
#include "par/queues/gate.h"
#include "par/queues/patience.h"
#include "par/queues/queue_errc.h"

namespace par::inline PAR_ABI::detail {

// doc/impl.md explains the protocol. Turns at the cells are Dmitry Vyukov's ("Bounded MPMC queue",
// 2010); drawing tickets with fetch_add, as the ticket lock does, is an idea of many.
template <class Cells>
class ring_tickets {
 public:
  // A ticket whose turn has come, or will without delay; or why there is none.
  using ticket = expected<std::uint64_t, queue_errc>;

  explicit ring_tickets(Cells& cells) : cells_(cells) {}

  // The holder fills the cell, then calls was_put.
  ticket claim_put(const patience& limits) {
    gate::watch room(putters_, [this] { return has_room(1); });
    for (;;) {
      const std::uint64_t tail = tail_.load();
      if (tail >= closed_mark) return unexpected<queue_errc>(queue_errc::closed);
      const auto [word, turn] = cells_.put_turn(tail);
      if (word.is(turn)) {
        if (limits.endless()) return draw_put(tail);
        if (claim(tail_, tail)) return tail;
      } else if (tail < head_.load() + cells_.size()) {
        // A get has claimed the cell and is about to empty it.
        word.wait(turn, [this, tail] { return tail_.load() != tail; });
      } else if (!limits.waits) {
        return unexpected<queue_errc>(queue_errc::full);
      } else if (const auto why = room.wait(limits, [this] { return has_room(batch()); })) {
        return unexpected<queue_errc>(*why);
      }
    }
  }
  void was_put() noexcept {
    getters_.notify_if([this] { return has_item(); });
  }

  // The holder empties the cell, then calls was_taken.
  ticket claim_get(const patience& limits) {
    gate::watch items(getters_, [this] { return has_item(); });
    for (;;) {
      const std::uint64_t head = head_.load();
      const auto [word, turn] = cells_.get_turn(head);
      if (word.is(turn)) {
        if (limits.endless()) return draw_get(head);
        if (claim(head_, head)) return head;
        continue;
      }
      const std::uint64_t tail = tail_.load();
      if (tail >= closed_mark && head >= end()) return unexpected<queue_errc>(queue_errc::closed);
      if (head < tail) {
        // A put has claimed the cell and is about to fill it.
        word.wait(turn, [this, head] { return head_.load() != head; });
      } else if (!limits.waits) {
        return unexpected<queue_errc>(queue_errc::empty);
      } else if (const auto why = items.wait(limits)) {
        return unexpected<queue_errc>(*why);
      }
    }
  }
  void was_taken() noexcept {
    putters_.notify_if([this] { return has_room(1); });
  }

  // Takes back the tickets whose turn cannot come any more. On return the queue is closed, also if
  // another thread began to close it.
  void close() {
    // Relaxed: it decides who closes, nothing else.
    if (closing_.exchange(1, std::memory_order_relaxed) != 0) {
      end();
      return;
    }
    const std::uint64_t claimed = tail_.fetch_add(closed_mark);
    const std::uint64_t refused = std::min(claimed, head_.load() + cells_.size());
    end_.store(refused);
    const std::uint64_t last = std::max(claimed, head_.load());
    for (std::uint64_t each = refused; each < std::min(last, refused + cells_.size()); ++each) {
      cells_.put_turn(each).word.disturb();
    }
    putters_.notify_all();
    getters_.notify_all();
  }

  [[nodiscard]] bool closed() const noexcept { return tail_.load() >= closed_mark; }

  [[nodiscard]] std::uint64_t puts() const {
    const std::uint64_t tail = tail_.load();
    if (tail >= closed_mark) return end();
    return std::min(tail, head_.load() + cells_.size());
  }

  [[nodiscard]] std::size_t size() const {
    for (;;) {
      const std::uint64_t head = head_.load();
      const std::uint64_t count = puts();
      if (head_.load() == head) return count - std::min(head, count);
    }
  }

 private:
  // The cell of ticket `free` was seen empty before the queue was closed.
  ticket draw_put(std::uint64_t free) {
    const std::uint64_t mine = tail_.fetch_add(1);
    if (mine >= closed_mark) return unexpected<queue_errc>(queue_errc::closed);
    if (mine == free) return mine;
    const auto [word, turn] = cells_.put_turn(mine);
    if (!word.wait(turn, [this, mine] { return mine >= end_.load(); })) {
      return unexpected<queue_errc>(queue_errc::closed);
    }
    // If close came before the cell was empty, it may have refused the ticket.
    if (tail_.load() < closed_mark || mine < end()) return mine;
    return unexpected<queue_errc>(queue_errc::closed);
  }

  // The cell of ticket `full` was seen full.
  ticket draw_get(std::uint64_t full) {
    const std::uint64_t mine = head_.fetch_add(1);
    if (mine == full) return mine;
    const auto [word, turn] = cells_.get_turn(mine);
    if (word.wait(turn, [this, mine] { return mine >= end_.load(); })) return mine;
    return unexpected<queue_errc>(queue_errc::closed);
  }

  static bool claim(atomic<std::uint64_t>& next, std::uint64_t seen) noexcept {
    // Relaxed on failure: the caller looks again.
    return next.compare_exchange_strong(seen, seen + 1, std::memory_order_seq_cst,
                                        std::memory_order_relaxed);
  }

  [[nodiscard]] bool has_room(std::size_t cells) const noexcept {
    const std::uint64_t tail = tail_.load();
    return tail >= closed_mark || tail + cells <= head_.load() + cells_.size();
  }
  [[nodiscard]] bool has_item() const noexcept {
    const std::uint64_t tail = tail_.load();
    return tail >= closed_mark ? end_.load() != not_yet : head_.load() < tail;
  }

  // For so much room a put spins on. Otherwise producer and consumer run in step at one cell, whose
  // cache line goes to and fro for each item.
  [[nodiscard]] std::size_t batch() const noexcept { return 1 + cells_.size() / 4; }

  // The first ticket that is refused. Waits for the short time until close has decided.
  std::uint64_t end() const {
    if (end_.load() == not_yet) {
      gate::watch(getters_, [this] { return end_.load() != not_yet; }).wait(patience::endlessly());
    }
    return end_.load();
  }

  static constexpr std::uint64_t closed_mark = std::uint64_t{1} << 63;
  static constexpr std::uint64_t not_yet = ~std::uint64_t{0};
  static constexpr std::size_t cache_line = 64;

  Cells& cells_;
  atomic<std::uint32_t> closing_{0};    // 0 or 1.
  atomic<std::uint64_t> end_{not_yet};  // Once closed: the first ticket that is refused.
  // The ticket of the next put; plus closed_mark, and then without meaning.
  alignas(cache_line) atomic<std::uint64_t> tail_{0};
  alignas(cache_line) atomic<std::uint64_t> head_{0};  // The ticket of the next get.
  alignas(cache_line) gate putters_;
  alignas(cache_line) mutable gate getters_;
};

}  // namespace par::inline PAR_ABI::detail
