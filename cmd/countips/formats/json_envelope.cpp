#include "countips/formats/json_envelope.h"

#include <algorithm>
#include <charconv>
#include <cstddef>

#include "countips/formats/json_text.h"

namespace countips {

namespace {

constexpr json_slot line_slot = json_slot::message;
constexpr json_slot other_slot = json_slot::marker;

json_key keys(std::string_view line_key, std::string_view other_key) {
  json_key root;
  add_json_path(root, line_key, {line_slot, 0});
  if (!other_key.empty()) add_json_path(root, other_key, {other_slot, 0});
  return root;
}

json_slot_set slots(bool has_other) {
  json_slot_set both;
  both.add(line_slot);
  if (has_other) both.add(other_slot);
  return both;
}

// Appends the bytes of "72, 105]"; false if it is no such list.
bool append_bytes(std::string_view list, std::string& into) {
  for (;;) {
    unsigned value = 0;
    const char* const end = list.data() + list.size();
    const auto [behind, error] = std::from_chars(list.data(), end, value);
    if (error != std::errc() || value > 0xff) return false;
    into += static_cast<char>(value);
    list = {behind, end};
    const std::size_t next = list.find_first_not_of(' ');
    if (next == std::string_view::npos || list[next] == ']') return next != std::string_view::npos;
    if (list[next] != ',') return false;
    list.remove_prefix(std::min(list.find_first_not_of(' ', next + 1), list.size()));
  }
}

}  // namespace

json_envelope::json_envelope(std::string_view line_key, std::string_view other_key)
    : finder_(keys(line_key, other_key), slots(!other_key.empty())),
      asked_(slots(!other_key.empty())) {}

std::optional<std::string_view> json_envelope::open(std::string_view document) {
  static_cast<void>(finder_.find(document, found_));
  if (!found_.decided().has_all(asked_)) return std::nullopt;
  const json_value value = found_.get(line_slot);
  line_.clear();
  if (value.is_string) {
    append_unescaped(value.text, line_);
  } else {
    const auto begin = static_cast<std::size_t>(value.text.data() - document.data());
    if (!append_bytes(document.substr(begin), line_)) return std::nullopt;
  }
  if (line_.ends_with('\n')) line_.pop_back();
  for (std::size_t at = line_.find('\n'); at != std::string::npos; at = line_.find('\n', at)) {
    line_[at] = ' ';
  }
  return line_;
}

}  // namespace countips
