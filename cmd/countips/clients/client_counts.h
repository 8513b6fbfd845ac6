// How many requests came from each client, exact.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "countips/clients/client.h"
#include "countips/clients/flat_counts.h"
#include "countips/clients/text_hash.h"

namespace countips {

// Owns what it needs of the clients given to it. An IPv4 address takes between 21 and 43 bytes, an
// IPv6 address between 32 and 64. Not thread-safe.
class client_counts {
 public:
  // So many more requests of the client.
  void add(const client& who, std::uint64_t more = 1);

  // Leaves nothing behind in the other.
  void merge(client_counts&& other);

  [[nodiscard]] std::size_t size() const noexcept {
    return v4_.size() + v6_.size() + names_.size();
  }

  // Calls visit(client, count) for each, in no order.
  template <class Visit>
  void for_each(Visit visit) const {
    v4_.for_each([&](const ipv4_address& who, std::uint64_t count) { visit(client(who), count); });
    v6_.for_each([&](const ipv6_address& who, std::uint64_t count) { visit(client(who), count); });
    for (const auto& [name, count] : names_) visit(client(std::string_view(name)), count);
  }

  // As flat_counts.
  template <class Archive>
  void serialize(Archive& archive) {
    archive(v4_, v6_, names_);
  }

 private:
  flat_counts<ipv4_address> v4_;
  flat_counts<ipv6_address> v6_;
  std::unordered_map<std::string, std::uint64_t, text_hash, std::equal_to<>> names_;
};

}  // namespace countips
