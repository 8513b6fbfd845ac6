#include "countips/workers/shared_counters.h"

#include <new>

namespace countips {

shared_counters::shared_counters() : memory_(sizeof(counters)) {
  new (memory_.data()) counters;
}

void shared_counters::load(par::parcel_reader& from) {
  memory_.load(from);
  if (memory_.size() != sizeof(counters)) throw par::codec_error("no counters of a count");
}

shared_counters::counters* shared_counters::operator->() const noexcept {
  return std::launder(reinterpret_cast<counters*>(memory_.data()));
}

}  // namespace countips
