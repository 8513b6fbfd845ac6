#include "cmd/countips/line_escapes.h"

namespace countips {

namespace {

std::string hex(char c) {
  const std::string digits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  return {digits[byte / 16], digits[byte % 16]};
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

bool is_beyond_ascii(char c) {
  return static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

std::string raw_text(const std::string& text) {
  return text;
}

std::string unescaped_text(const std::string& text) {
  std::string made;
  for (const char c : text) {
    if (c != ' ' || !made.ends_with('"')) made += c;
  }
  return made;
}

std::string apache_text(const std::string& text) {
  std::string made;
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      made += {'\\', c};
    } else if (c == '\t') {
      made += "\\t";
    } else {
      made += is_control(c) ? "\\x" + hex(c) : std::string(1, c);
    }
  }
  return made;
}

std::string nginx_text(const std::string& text) {
  std::string made;
  for (const char c : text) {
    const bool is_plain = c != '"' && c != '\\' && !is_control(c) && !is_beyond_ascii(c);
    made += is_plain ? std::string(1, c) : "\\x" + hex(c);
  }
  return made;
}

// Bytes that are no UTF-8 are left as they are, as nginx does.
std::string json_text(const std::string& text) {
  std::string made;
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      made += {'\\', c};
    } else {
      made += is_control(c) ? "\\u00" + hex(c) : std::string(1, c);
    }
  }
  return made;
}

std::string apache_in_json(const std::string& text) {
  return json_text(apache_text(text));
}

std::string url_text(const std::string& text) {
  std::string made;
  for (const char c : text) {
    const bool is_plain = c > ' ' && c != '"' && c != '\\' && c != 0x7f;
    made += is_plain ? std::string(1, c) : "%" + hex(c);
  }
  return made.empty() ? "-" : made;
}

std::string word_text(const std::string& text) {
  std::string made;
  for (const char c : text) made += c == ' ' || c == '\t' || c == '"' ? '+' : c;
  return made.empty() ? "-" : made;
}

}  // namespace countips
