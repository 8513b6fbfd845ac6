#include "countips/client_set.h"

#include <variant>

namespace countips {

void client_set::insert(const client& who) {
  if (const auto* v4 = std::get_if<ipv4_address>(&who)) {
    v4_.insert(*v4);
  } else if (const auto* v6 = std::get_if<ipv6_address>(&who)) {
    v6_.insert(*v6);
  } else {
    const std::string_view name = std::get<std::string_view>(who);
    if (!names_.contains(name)) names_.emplace(name);
  }
}

void client_set::merge(const client_set& other) {
  v4_.merge(other.v4_);
  v6_.merge(other.v6_);
  names_.insert(other.names_.begin(), other.names_.end());
}

}  // namespace countips
