// The hash of tables whose keys are texts of a log.
#pragma once

#include <cstddef>
#include <string_view>

#include "countips/clients/hash_seed.h"
#include "countips/clients/sip_hash.h"

namespace countips {

// Who writes a log cannot choose names that collide. Not noexcept, which makes the tables of the
// standard library keep the hash beside each key instead of computing it again and again.
struct text_hash {
  using is_transparent = void;

  [[nodiscard]] std::size_t operator()(std::string_view text) const {
    const std::uint64_t seed = hash_seed();
    return sip_hash<1, 3>(seed, mix_bits(seed)).of(text);
  }
};

}  // namespace countips
