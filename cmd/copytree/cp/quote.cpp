#include "copytree/cp/quote.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "cli/quote.h"
#include "cli/utf8.h"

namespace copytree::gnu {

namespace {

bool is_printable_ascii(char byte) {
  return byte >= 0x20 && byte < 0x7F;
}

// How many bytes at the beginning can be shown as they are; 0 if the first cannot.
std::size_t printable(std::string_view text, bool utf8) {
  if (is_printable_ascii(text.front())) return 1;
  if (!utf8 || static_cast<unsigned char>(text.front()) < 0x80) return 0;
  const std::string_view first = text.substr(0, cli::first_character(text).bytes);
  return cli::escaped(first) == first ? first.size() : 0;
}

std::string escape(char byte) {
  constexpr std::string_view special = "\a\b\f\n\r\t\v";
  constexpr std::string_view letters = "abfnrtv";
  const std::size_t which = special.find(byte);
  if (which != std::string_view::npos) return {'\\', letters[which]};
  return fmt::format("\\{:03o}", static_cast<unsigned char>(byte));
}

// Whether a name reads the same between double quotes, in the shell and in C: then an apostrophe
// needs no escape. Some characters mean something only at the beginning of a word.
bool fits_double_quotes(std::string_view name, bool utf8) {
  constexpr std::string_view special = "!\"#$&()*;<=>?[\\^`{|}~";
  if (name.starts_with('#') || name.starts_with('~')) name.remove_prefix(1);
  if (name.find_first_of(special) != std::string_view::npos) return false;
  while (!name.empty()) {
    const std::size_t shown = printable(name, utf8);
    if (shown == 0) return false;
    name.remove_prefix(shown);
  }
  return true;
}

}  // namespace

std::string shell_quoted(std::string_view name, bool utf8) {
  if (name.find('\'') != std::string_view::npos && fits_double_quotes(name, utf8)) {
    return fmt::format("\"{}\"", name);
  }
  std::string text = "'";
  bool escaping = false;  // Between $' and '.
  while (!name.empty()) {
    const std::size_t shown = printable(name, utf8);
    if (name.front() == '\'') {
      text += "'\\''";
      escaping = false;
    } else if (shown == 0) {
      if (!escaping) text += "'$'";
      escaping = true;
      text += escape(name.front());
    } else {
      if (escaping) text += "''";
      escaping = false;
      text += name.substr(0, shown);
    }
    name.remove_prefix(std::max<std::size_t>(shown, 1));
  }
  return text + '\'';
}

std::string c_quoted(std::string_view word, bool utf8) {
  std::string text = "'";
  while (!word.empty()) {
    const std::size_t shown = printable(word, utf8);
    if (word.front() == '\'' || word.front() == '\\') text += '\\';
    text += shown == 0 ? escape(word.front()) : std::string(word.substr(0, shown));
    word.remove_prefix(std::max<std::size_t>(shown, 1));
  }
  return text + '\'';
}

}  // namespace copytree::gnu
