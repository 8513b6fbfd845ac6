#include "model/sc_order.h"

namespace model {

sc_order::operations sc_order::known_to(const vector_clock& known) const {
  operations found;
  for (std::size_t i = all_.size(); i-- > 0;) {
    if (!found[i] && known.knows(all_[i].by)) found |= until(i);
  }
  return found;
}

sc_order::operations sc_order::until(std::size_t which) const {
  operations found = all_[which].before;
  return found.set(which);
}

std::size_t sc_order::add(event by, const operations& before) {
  all_.push_back({by, before});
  return all_.size() - 1;
}

void sc_order::put_before(std::size_t sooner, std::size_t later) {
  const operations added = until(sooner);
  for (std::size_t i = 0; i < all_.size(); ++i) {
    if (i == later || all_[i].before[later]) all_[i].before |= added;
  }
}

}  // namespace model
