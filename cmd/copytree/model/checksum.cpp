#include "copytree/model/checksum.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <new>

namespace copytree {

namespace {

XXH3_state_t* state_of(void* state) {
  return static_cast<XXH3_state_t*>(state);
}

}  // namespace

std::string to_hex(const checksum& sum) {
  return fmt::format("{:016x}{:016x}", sum.high, sum.low);
}

checksummer::checksummer() : state_(XXH3_createState()) {
  if (state_ == nullptr) throw std::bad_alloc();
  XXH3_128bits_reset(state_of(state_.get()));
}

void checksummer::release::operator()(void* state) const {
  XXH3_freeState(state_of(state));
}

void checksummer::add(std::span<const std::byte> data) {
  XXH3_128bits_update(state_of(state_.get()), data.data(), data.size());
}

checksum checksummer::result() const {
  const XXH128_hash_t sum = XXH3_128bits_digest(state_of(state_.get()));
  return {.high = sum.high64, .low = sum.low64};
}

}  // namespace copytree
