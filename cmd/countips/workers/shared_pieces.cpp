#include "countips/workers/shared_pieces.h"

#include <new>

#include "par/processes/codec.h"

namespace countips {

shared_pieces::shared_pieces(const file_pieces& pieces, std::size_t takers)
    : pieces_(pieces), memory_(takers * sizeof(piece_queue::region)) {
  new (memory_.data()) piece_queue::region[takers];
  piece_queue::fill(regions(), pieces.count);
}

std::span<piece_queue::region> shared_pieces::regions() const noexcept {
  return {std::launder(reinterpret_cast<piece_queue::region*>(memory_.data())),
          memory_.size() / sizeof(piece_queue::region)};
}

piece_taker shared_pieces::taker(std::size_t number) const noexcept {
  return {pieces_, piece_queue(regions()), number};
}

void shared_pieces::save(par::parcel_writer& to) const {
  to(pieces_, static_cast<bool>(memory_));
  if (memory_) memory_.save(to);
}

void shared_pieces::load(par::parcel_reader& from) {
  bool has_memory = false;
  from(pieces_, has_memory);
  if (has_memory) memory_.load(from);
}

}  // namespace countips
