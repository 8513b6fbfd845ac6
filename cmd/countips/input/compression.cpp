#include "countips/input/compression.h"

#include <string_view>

namespace countips {

namespace {

using namespace std::string_view_literals;

bool is_gzip(std::string_view first) {
  return first.starts_with("\x1f\x8b");
}

bool is_zstd(std::string_view first) {
  if (first.starts_with("\x28\xb5\x2f\xfd")) return true;
  const bool skippable = first.size() >= 4 && (first[0] & '\xf0') == '\x50';
  return skippable && first.substr(1, 3) == "\x2a\x4d\x18";
}

// "BZh9" could be the name of a host. What follows is the start of a block, or of the end.
bool is_bzip2(std::string_view first) {
  if (first.size() < most_magic || !first.starts_with("BZh")) return false;
  if (first[3] < '1' || first[3] > '9') return false;
  const std::string_view next = first.substr(4, 6);
  return next == "1AY&SY" || next == "\x17\x72\x45\x38\x50\x90";
}

bool is_xz(std::string_view first) {
  return first.starts_with("\xfd\x37\x7a\x58\x5a\x00"sv);
}

struct method {
  bool (*begins)(std::string_view first);
  std::unique_ptr<unpacker> (*make)();
};

constexpr method methods[] = {{is_gzip, make_gzip_unpacker},
                              {is_zstd, make_zstd_unpacker},
                              {is_bzip2, make_bzip2_unpacker},
                              {is_xz, make_xz_unpacker}};

const method* find_method(std::span<const char> first) {
  const std::string_view text(first.data(), first.size());
  for (const method& each : methods) {
    if (each.begins(text)) return &each;
  }
  return nullptr;
}

}  // namespace

bool begins_packed(std::span<const char> first) {
  return find_method(first) != nullptr;
}

std::unique_ptr<unpacker> make_unpacker_for(std::span<const char> first) {
  const method* const found = find_method(first);
  return found == nullptr ? nullptr : found->make();
}

}  // namespace countips
