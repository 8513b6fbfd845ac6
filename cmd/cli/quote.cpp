#include "cli/quote.h"

#include <fmt/format.h>

#include <iterator>

#include "cli/utf8.h"

namespace cli {
namespace {

// Control characters, and those that change the direction of the text around them, with which a
// file can pretend to have another name.
bool is_harmful(char32_t point) noexcept {
  return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x200E || point == 0x200F ||
         (point >= 0x2028 && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

void append_escaped(std::string& to, std::string_view bytes) {
  for (const char byte : bytes) {
    switch (byte) {
      case '\n':
        to += "\\n";
        break;
      case '\t':
        to += "\\t";
        break;
      case '\r':
        to += "\\r";
        break;
      default:
        fmt::format_to(std::back_inserter(to), "\\{:03o}", static_cast<unsigned char>(byte));
    }
  }
}

}  // namespace

std::string escaped(std::string_view text, std::string_view keep) {
  std::string safe;
  safe.reserve(text.size());
  while (!text.empty()) {
    const character first = first_character(text);
    const std::string_view bytes = text.substr(0, first.bytes);
    const bool kept = keep.find(bytes.front()) != std::string_view::npos;
    if (!kept && (!first.valid || is_harmful(first.point))) {
      append_escaped(safe, bytes);
    } else {
      safe += bytes;
    }
    text.remove_prefix(first.bytes);
  }
  return safe;
}

std::string quoted(std::string_view name) {
  std::string safe = "'";
  for (const char byte : name) {
    if (byte == '\'' || byte == '\\') safe += '\\';
    safe += byte;
  }
  safe += '\'';
  return escaped(safe);
}

std::string json_string(std::string_view text) {
  std::string json = "\"";
  while (!text.empty()) {
    const character first = first_character(text);
    const std::string_view bytes = text.substr(0, first.bytes);
    if (!first.valid) {
      json += "\xEF\xBF\xBD";
    } else if (first.point == '"' || first.point == '\\') {
      json += '\\';
      json += bytes;
    } else if (first.point < 0x20) {
      fmt::format_to(std::back_inserter(json), "\\u{:04x}", static_cast<unsigned>(first.point));
    } else {
      json += bytes;
    }
    text.remove_prefix(first.bytes);
  }
  return json + '"';
}

}  // namespace cli
