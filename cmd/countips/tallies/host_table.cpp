#include "countips/tallies/host_table.h"

#include <utility>

#include "countips/tallies/host_name.h"

namespace countips {

std::uint64_t host_table::number_of(std::string_view host) {
  std::string name = canonical_host(host);
  const par::lock_guard lock(guard_);
  const auto [found, is_new] = numbers_.try_emplace(std::move(name), names_.size());
  if (is_new) names_.push_back(found->first);
  return found->second;
}

std::string host_table::name_of(std::uint64_t number) const {
  const par::lock_guard lock(guard_);
  return names_[number];
}

}  // namespace countips
