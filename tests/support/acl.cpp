#include "support/acl.h"

#include <cstdint>
#include <stdexcept>
#include <vector>

namespace support {

namespace {

// Both formats are little-endian everywhere.
void put(std::string& bytes, std::uint32_t value, int size) {
  for (int i = 0; i < size; ++i) bytes += static_cast<char>((value >> (8 * i)) & 0xff);
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == separator) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

std::uint32_t tag_of(char kind, bool named) {
  switch (kind) {
    case 'u':
      return named ? 0x02 : 0x01;
    case 'g':
      return named ? 0x08 : 0x04;
    case 'm':
      return 0x10;
    case 'o':
      return 0x20;
    default:
      throw std::invalid_argument("kind of entry in an access control list");
  }
}

std::uint32_t permissions_of(const std::string& letters) {
  if (letters.size() != 3) throw std::invalid_argument("permissions " + letters);
  return (letters[0] == 'r' ? 4u : 0u) + (letters[1] == 'w' ? 2u : 0u) +
         (letters[2] == 'x' ? 1u : 0u);
}

}  // namespace

std::string acl_bytes(std::string_view text) {
  constexpr std::uint32_t version = 2;
  constexpr std::uint32_t nobody = 0xffffffff;
  std::string bytes;
  put(bytes, version, 4);
  for (const std::string& entry : split(text, ',')) {
    const std::vector<std::string> parts = split(entry, ':');
    if (parts.size() != 3 || parts[0].size() != 1) throw std::invalid_argument("entry " + entry);
    const bool named = !parts[1].empty();
    put(bytes, tag_of(parts[0][0], named), 2);
    put(bytes, permissions_of(parts[2]), 2);
    put(bytes, named ? static_cast<std::uint32_t>(std::stoul(parts[1])) : nobody, 4);
  }
  return bytes;
}

std::string capability_bytes(unsigned number) {
  constexpr std::uint32_t version_2_effective = 0x02000001;
  std::string bytes;
  put(bytes, version_2_effective, 4);
  for (unsigned word = 0; word < 2; ++word) {
    put(bytes, number / 32 == word ? 1u << (number % 32) : 0, 4);  // Permitted.
    put(bytes, 0, 4);                                              // Inheritable.
  }
  return bytes;
}

}  // namespace support
