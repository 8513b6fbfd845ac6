#include "countips/tally.h"

#include <utility>

namespace countips {

void merge(group& into, group&& from) {
  into.requests += from.requests;
  // The smaller set is the one to walk through.
  if (into.clients.size() < from.clients.size()) std::swap(into.clients, from.clients);
  into.clients.merge(from.clients);
}

}  // namespace countips
