#include "countips/clients/hash_seed.h"

#include <random>

namespace countips {

namespace {

std::uint64_t random_bits() {
  std::random_device device;
  return (std::uint64_t{device()} << 32) | device();
}

}  // namespace

std::uint64_t hash_seed() {
  static const std::uint64_t seed = random_bits();
  return seed;
}

}  // namespace countips
