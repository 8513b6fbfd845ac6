#include "copytree/selection/byte_class.h"

#include <cstddef>

namespace copytree {

namespace {

bool between(int byte, char first, char last) {
  return byte >= first && byte <= last;
}

bool is_upper(int byte) {
  return between(byte, 'A', 'Z');
}

bool is_lower(int byte) {
  return between(byte, 'a', 'z');
}

bool is_digit(int byte) {
  return between(byte, '0', '9');
}

bool is_alpha(int byte) {
  return is_upper(byte) || is_lower(byte);
}

bool is_alnum(int byte) {
  return is_alpha(byte) || is_digit(byte);
}

bool is_graph(int byte) {
  return between(byte, '!', '~');
}

struct named_class {
  std::string_view name;
  bool (*has)(int byte);
};

constexpr named_class classes[] = {
    {"alnum", is_alnum},
    {"alpha", is_alpha},
    {"blank", [](int byte) { return byte == ' ' || byte == '\t'; }},
    {"cntrl", [](int byte) { return byte < ' ' || byte == 0x7f; }},
    {"digit", is_digit},
    {"graph", is_graph},
    {"lower", is_lower},
    {"print", [](int byte) { return byte == ' ' || is_graph(byte); }},
    {"punct", [](int byte) { return is_graph(byte) && !is_alnum(byte); }},
    {"space", [](int byte) { return byte == ' ' || between(byte, '\t', '\r'); }},
    {"upper", is_upper},
    {"xdigit",
     [](int byte) { return is_digit(byte) || between(byte, 'a', 'f') || between(byte, 'A', 'F'); }},
};

}  // namespace

std::optional<std::bitset<256>> byte_class(std::string_view name) {
  for (const named_class& known : classes) {
    if (known.name != name) continue;
    std::bitset<256> result;
    for (int byte = 0; byte < 128; ++byte) result[static_cast<std::size_t>(byte)] = known.has(byte);
    return result;
  }
  return std::nullopt;
}

}  // namespace copytree
