#include "countips/clients/scan_address.h"

#include <optional>

namespace countips {

namespace {

// The masks of up to 48 bytes.
struct address_masks {
  std::uint64_t colons = 0;
  std::uint64_t digits = 0;  // Hexadecimal ones.
};

address_masks masks_of(const char* text) {
  address_masks found;
  for (unsigned at = 0; at < scan_address_reads; at += 16) {
    const byte_block bytes(text + at);
    const std::uint32_t letters = bytes.with_bit(0x20).within('a', 5);
    found.colons |= std::uint64_t{bytes.equal_to(':')} << at;
    found.digits |= std::uint64_t{bytes.within('0', 9) | letters} << at;
  }
  return found;
}

struct group_list {
  std::array<std::uint64_t, ipv6_groups> values{};
  std::size_t count = 0;
  std::optional<std::size_t> gap;  // How many groups stand before "::".
};

// Reads a text of colons and digits only; false if it is no address.
bool read_groups(const char* text, std::size_t size, std::uint64_t colons, group_list& into) {
  const std::uint64_t ends = colons | std::uint64_t{1} << size;
  std::size_t at = 0;
  if (text[0] == ':') {
    if (text[1] != ':') return false;
    into.gap = 0;
    at = 2;
  }
  while (at < size) {
    const auto digits = static_cast<std::size_t>(std::countr_zero(ends >> at));
    if (digits > 4) return false;
    if (digits == 0) {
      if (into.gap) return false;
      into.gap = into.count;
      ++at;
      continue;
    }
    if (into.count == ipv6_groups) return false;
    into.values[into.count++] = detail::hex_group(text + at, digits);
    at += digits + 1;
    if (at == size) return false;  // A colon at the end.
  }
  return into.gap ? into.count < ipv6_groups : into.count == ipv6_groups;
}

ipv6_address address_of(const group_list& groups) {
  std::array<std::uint64_t, ipv6_groups> all{};
  const std::size_t head = groups.gap.value_or(groups.count);
  const std::size_t skipped = ipv6_groups - groups.count;
  for (std::size_t i = 0; i < groups.count; ++i) {
    all[i < head ? i : i + skipped] = groups.values[i];
  }
  return {all[0] << 48 | all[1] << 32 | all[2] << 16 | all[3],
          all[4] << 48 | all[5] << 32 | all[6] << 16 | all[7]};
}

}  // namespace

std::size_t scan_ipv6_ahead(const char* text, ipv6_address& address) noexcept {
  const address_masks masks = masks_of(text);
  const auto size = static_cast<std::size_t>(std::countr_one(masks.colons | masks.digits));
  constexpr std::size_t longest = 39;
  if (size < 2 || size > longest || text[size] == '.') return 0;
  group_list groups;
  if (!read_groups(text, size, masks.colons & ((std::uint64_t{1} << size) - 1), groups)) return 0;
  const ipv6_address found = address_of(groups);
  if (found.high == 0) return 0;
  address = found;
  return size;
}

}  // namespace countips
