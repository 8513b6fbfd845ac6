#include "countips/clients/client_counts.h"

#include <utility>
#include <variant>

namespace countips {

void client_counts::add(const client& who, std::uint64_t more) {
  if (const auto* v4 = std::get_if<ipv4_address>(&who)) return v4_.add(*v4, more);
  if (const auto* v6 = std::get_if<ipv6_address>(&who)) return v6_.add(*v6, more);
  const std::string_view name = std::get<std::string_view>(who);
  const auto found = names_.find(name);
  if (found == names_.end()) {
    names_.emplace(name, more);
  } else {
    found->second += more;
  }
}

void client_counts::merge(client_counts&& other) {
  client_counts from = std::exchange(other, {});
  if (size() < from.size()) std::swap(*this, from);
  v4_.merge(from.v4_);
  v6_.merge(from.v6_);
  for (const auto& [name, count] : from.names_) names_[name] += count;
}

}  // namespace countips
