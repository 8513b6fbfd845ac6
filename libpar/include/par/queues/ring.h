// A bounded queue: a ring of cells, and tickets that say who fills and who empties which.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include "par/base/expected.h"
#include "par/queues/patience.h"
#include "par/queues/queue_errc.h"
#include "par/queues/ring_cells.h"
#include "par/queues/ring_tickets.h"

namespace par::inline PAR_ABI::detail {

// Holds exactly `capacity` items, and takes the room for them at once.
template <class T>
class ring {
 public:
  explicit ring(std::size_t capacity) : cells_(capacity), tickets_(cells_) {}
  ~ring() {
    close();
    drop_all();
  }
  ring(const ring&) = delete;
  ring& operator=(const ring&) = delete;

  expected<void, queue_errc> put(T&& item, const patience& limits) {
    const auto ticket = tickets_.claim_put(limits);
    if (!ticket) return unexpected<queue_errc>(ticket.error());
    cells_.fill(*ticket, std::move(item));
    tickets_.was_put();
    return {};
  }

  expected<T, queue_errc> get(const patience& limits) {
    const auto ticket = tickets_.claim_get(limits);
    if (!ticket) return unexpected<queue_errc>(ticket.error());
    expected<T, queue_errc> item(cells_.empty(*ticket));
    tickets_.was_taken();
    return item;
  }

  // On return puts fail, and gets too once all that was put is taken.
  void close() { tickets_.close(); }

  // Returns how many. REQUIRES: closed.
  std::size_t drop_all() {
    std::size_t dropped = 0;
    while (get(patience::none())) ++dropped;
    return dropped;
  }

  [[nodiscard]] bool closed() const noexcept { return tickets_.closed(); }
  [[nodiscard]] std::size_t capacity() const noexcept { return cells_.size(); }
  [[nodiscard]] std::size_t size() const { return tickets_.size(); }

  // How many items were ever put.
  [[nodiscard]] std::uint64_t puts() const { return tickets_.puts(); }

 private:
  ring_cells<T> cells_;
  ring_tickets<ring_cells<T>> tickets_;
};

}  // namespace par::inline PAR_ABI::detail
