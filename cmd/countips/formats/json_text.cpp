#include "countips/formats/json_text.h"

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "countips/formats/byte_finder.h"

namespace countips {

namespace {

std::optional<std::uint32_t> hex(std::string_view text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + digits, value, 16);
  if (error != std::errc() || end != text.data() + digits) return std::nullopt;
  return value;
}

void append_utf8(std::uint32_t point, std::string& into) {
  const auto trailing = [point](unsigned shift) {
    return static_cast<char>(0x80 | ((point >> shift) & 0x3f));
  };
  if (point < 0x80) {
    into += static_cast<char>(point);
  } else if (point < 0x800) {
    into += {static_cast<char>(0xc0 | point >> 6), trailing(0)};
  } else if (point < 0x10000) {
    into += {static_cast<char>(0xe0 | point >> 12), trailing(6), trailing(0)};
  } else {
    into += {static_cast<char>(0xf0 | point >> 18), trailing(12), trailing(6), trailing(0)};
  }
}

// Takes four hexadecimal digits off the text, and the other half of the pair if there is one.
std::optional<std::uint32_t> take_point(std::string_view& text) {
  constexpr std::uint32_t replacement = 0xfffd;
  const std::optional<std::uint32_t> first = hex(text, 4);
  if (!first) return std::nullopt;
  text.remove_prefix(4);
  if (*first < 0xd800 || *first >= 0xe000) return first;
  if (*first >= 0xdc00 || !text.starts_with("\\u")) return replacement;
  const std::optional<std::uint32_t> second = hex(text.substr(2), 4);
  if (!second || *second < 0xdc00 || *second >= 0xe000) return replacement;
  text.remove_prefix(6);
  return 0x10000 + ((*first - 0xd800) << 10) + (*second - 0xdc00);
}

std::optional<char> simple_escape(char c) {
  switch (c) {
    case '"':
    case '\\':
    case '/':
      return c;
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return std::nullopt;
  }
}

// What follows a backslash.
void take_escape(std::string_view& text, std::string& into) {
  const char kind = text.empty() ? '\0' : text.front();
  if (const std::optional<char> plain = simple_escape(kind); plain && !text.empty()) {
    into += *plain;
    text.remove_prefix(1);
    return;
  }
  std::string_view rest = text.empty() ? text : text.substr(1);
  if (kind == 'u') {
    if (const std::optional<std::uint32_t> point = take_point(rest)) {
      append_utf8(*point, into);
      text = rest;
      return;
    }
  } else if (kind == 'x') {
    if (const std::optional<std::uint32_t> byte = hex(rest, 2)) {
      into += static_cast<char>(*byte);
      text = rest.substr(2);
      return;
    }
  }
  into += '\\';
}

}  // namespace

void append_unescaped(std::string_view raw, std::string& into) {
  byte_finder backslashes(raw, '\\', '\\');
  const char* const end = raw.data() + raw.size();
  for (const char* at = raw.data();;) {
    const char* const backslash = backslashes.next(at);
    into.append(at, backslash);
    if (backslash == end) return;
    std::string_view rest(backslash + 1, static_cast<std::size_t>(end - backslash - 1));
    take_escape(rest, into);
    at = rest.data();
  }
}

}  // namespace countips
