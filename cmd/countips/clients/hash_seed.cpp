#include "countips/clients/hash_seed.h"

#include <random>

namespace countips {

namespace {

std::uint64_t random_bits() {
  std::random_device device;
  return (std::uint64_t{device()} << 32) | device();
}

std::uint64_t& seed_of_all() {
  static std::uint64_t seed = random_bits();
  return seed;
}

}  // namespace

std::uint64_t hash_seed() {
  return seed_of_all();
}

void take_hash_seed(std::uint64_t of_another) {
  seed_of_all() = of_another;
}

}  // namespace countips
