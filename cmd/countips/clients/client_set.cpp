#include "countips/clients/client_set.h"

#include <utility>
#include <variant>

namespace countips {

void client_set::insert(const client& who) {
  if (const auto* v4 = std::get_if<ipv4_address>(&who)) {
    v4_.insert(*v4);
  } else if (const auto* v6 = std::get_if<ipv6_address>(&who)) {
    v6_.insert(*v6);
  } else {
    insert_name(std::get<std::string_view>(who));
  }
}

void client_set::merge(const client_set& other) {
  v4_.merge(other.v4_);
  v6_.merge(other.v6_);
  names_.insert(other.names_.begin(), other.names_.end());
}

void client_set::merge(client_set&& other) {
  v4_.merge(std::move(other.v4_));
  v6_.merge(std::move(other.v6_));
  merge_names(std::exchange(other.names_, {}));
}

void client_set::split() {
  v4_.split();
  v6_.split();
}

void client_set::merge_part(client_set& other, std::size_t part) {
  v4_.merge_part(other.v4_, part);
  v6_.merge_part(other.v6_, part);
  if (part == 0) merge_names(std::exchange(other.names_, {}));
}

void client_set::insert_name(std::string_view name) {
  if (!names_.contains(name)) names_.emplace(name);
}

void client_set::merge_names(name_set&& others) {
  if (names_.size() < others.size()) names_.swap(others);
  names_.merge(others);
}

}  // namespace countips
