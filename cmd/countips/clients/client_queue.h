// Clients on their way into sets.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <variant>

#include "countips/clients/address_run.h"
#include "countips/clients/client_set.h"

namespace countips {

// Addresses wait here while the slots that they will go to are fetched from memory, because a large
// set is in no cache. Until flush() has been called the sets may lack them. The sets must stay
// where they are until then. Not thread-safe.
class client_queue {
 public:
  void insert(client_set& into, const client& who) {
    if (const auto* v4 = std::get_if<ipv4_address>(&who)) {
      v4_.push(into.v4_, *v4);
    } else if (const auto* v6 = std::get_if<ipv6_address>(&who)) {
      v6_.push(into.v6_, *v6);
    } else {
      into.insert_name(*std::get_if<std::string_view>(&who));
    }
  }

  void insert(client_set& into, const address_run& all) {
    v4_.push_all(into.v4_, all.v4());
    v6_.push_all(into.v6_, all.v6());
  }

  void flush() {
    v4_.flush();
    v6_.flush();
  }

 private:
  template <class Key>
  class key_queue {
   public:
    void push(partitioned_set<Key>& into, const Key& key) {
      const std::uint64_t hash = hash_of(key, seed_);
      into.prefetch(hash);
      waiting& next = waiting_[count_];
      next.into = &into;
      next.hash = hash;
      next.key = key;
      if (++count_ == waiting_.size()) flush();
    }

    void push_all(partitioned_set<Key>& into, std::span<const Key> keys) {
      for (std::size_t i = 0; i < keys.size(); ++i) {
        if (i == 0 || keys[i] != keys[i - 1]) push(into, keys[i]);
      }
    }

    void flush() {
      for (std::size_t i = 0; i < count_; ++i) {
        const auto& [into, hash, key] = waiting_[i];
        into->insert(key, hash);
      }
      count_ = 0;
    }

   private:
    struct waiting {
      partitioned_set<Key>* into;
      std::uint64_t hash;
      Key key;
    };

    const std::uint64_t seed_ = hash_seed();
    std::size_t count_ = 0;
    std::array<waiting, 32> waiting_;  // The first count_ are set.
  };

  key_queue<ipv4_address> v4_;
  key_queue<ipv6_address> v6_;
};

}  // namespace countips
