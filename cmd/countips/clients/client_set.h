// A set of distinct clients, exact.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "countips/clients/address.h"
#include "countips/clients/client.h"
#include "countips/clients/partitioned_set.h"
#include "countips/clients/text_hash.h"

namespace countips {

// Owns what it needs of the clients given to it. Not thread-safe, but see merge_part().
class client_set {
 public:
  // In how many parts a large set is kept.
  static constexpr std::size_t parts = partitioned_set<ipv4_address>::parts;

  void insert(const client& who);

  // The second leaves nothing behind in the other set.
  void merge(const client_set& other);
  void merge(client_set&& other);

  // To merge large sets on several threads: split() all of them, and then merge_part() for each
  // part, in any order and at the same time; the other set is empty when all are done.
  [[nodiscard]] bool is_split() const noexcept { return v4_.is_split() || v6_.is_split(); }
  void split();
  void merge_part(client_set& other, std::size_t part);

  [[nodiscard]] std::size_t size() const noexcept {
    return v4_.size() + v6_.size() + names_.size();
  }
  // How many of them are names.
  [[nodiscard]] std::size_t names() const noexcept { return names_.size(); }

  // Calls visit(client) for each, in no order.
  template <class Visit>
  void for_each(Visit visit) const {
    v4_.for_each([&](const ipv4_address& who) { visit(client(who)); });
    v6_.for_each([&](const ipv6_address& who) { visit(client(who)); });
    for (const std::string& name : names_) visit(client(std::string_view(name)));
  }

  // What the addresses take.
  [[nodiscard]] std::size_t allocated_bytes() const noexcept {
    return v4_.allocated_bytes() + v6_.allocated_bytes();
  }

  // As flat_set.
  template <class Archive>
  void serialize(Archive& archive) {
    archive(v4_, v6_, names_);
  }

 private:
  friend class client_queue;

  using name_set = std::unordered_set<std::string, text_hash, std::equal_to<>>;

  void insert_name(std::string_view name);
  void merge_names(name_set&& others);

  partitioned_set<ipv4_address> v4_;
  partitioned_set<ipv6_address> v6_;
  name_set names_;
};

}  // namespace countips
