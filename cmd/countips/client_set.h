// A set of distinct clients, exact.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "countips/address.h"
#include "countips/client.h"
#include "countips/flat_set.h"

namespace countips {

// Owns what it needs of the clients given to it. Not thread-safe.
class client_set {
 public:
  void insert(const client& who);
  void merge(const client_set& other);

  [[nodiscard]] std::size_t size() const noexcept {
    return v4_.size() + v6_.size() + names_.size();
  }

 private:
  struct text_hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<std::string_view>{}(text);
    }
  };

  flat_set<ipv4_address> v4_;
  flat_set<ipv6_address> v6_;
  std::unordered_set<std::string, text_hash, std::equal_to<>> names_;
};

}  // namespace countips
