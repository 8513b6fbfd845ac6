#include "countips/formats/clf.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <optional>

namespace countips {

namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

std::string_view trim_front(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  return text;
}

// The text up to the first byte that the predicate holds for.
template <class Predicate>
std::string_view up_to(std::string_view text, Predicate is_end) {
  return {text.begin(), std::find_if(text.begin(), text.end(), is_end)};
}

// Takes the next word off the text; empty if there is none.
std::string_view take_word(std::string_view& text) {
  text = trim_front(text);
  const std::string_view word = up_to(text, is_blank);
  text.remove_prefix(word.size());
  return word;
}

// True if the text is ident and user, and no address is among its words.
bool is_ident_and_user(std::string_view text) {
  if (text == " - -") return true;
  std::size_t words = 0;
  for (auto word = take_word(text); !word.empty(); word = take_word(text), ++words) {
    if (address_client(word)) return false;
  }
  return words >= 2;
}

// The client that the part of a line before the time names.
std::optional<client> find_client(std::string_view head) {
  head = trim_front(head);
  if (head.starts_with('"')) head.remove_prefix(1);
  std::string_view name = up_to(head, [](char c) { return is_blank(c) || c == ','; });
  const std::string_view rest = head.substr(name.size());
  if (name.ends_with('"')) name.remove_suffix(1);
  if (const auto address = address_client(name)) return address;
  if (!is_host_name(name)) return std::nullopt;
  if (!rest.starts_with(',') && !is_ident_and_user(rest)) return std::nullopt;
  return client(name);
}

// Where the time field opens, or npos.
std::size_t find_time(std::string_view line) {
  for (std::size_t at = line.find('['); at != std::string_view::npos; at = line.find('[', at + 1)) {
    if (at > 0 && line[at - 1] == ' ' && is_clf_time_shaped(line.substr(at))) return at;
  }
  return std::string_view::npos;
}

}  // namespace

const hit* clf_reader::read(std::string_view line) {
  if (repeats_last(line)) {
    hit_.repeated = true;
    return &hit_;
  }
  return read_usual(line) || read_any(line) ? &hit_ : nullptr;
}

// The same client and day as before.
bool clf_reader::repeats_last(std::string_view line) const {
  const std::size_t size = last_head_.size();
  return size != 0 && line.size() >= size + clf_clock_size &&
         std::memcmp(line.data(), last_head_.data(), size) == 0 && is_clf_clock(line.substr(size));
}

// An address, neither ident nor user, and the same day as before.
bool clf_reader::read_usual(std::string_view line) {
  constexpr std::string_view nobody = " - - ";
  ipv4_address address;
  std::size_t size = scan_ipv4(line, address);
  const bool is_ipv4 = size != 0;
  if (!is_ipv4) size = up_to(line, is_blank).size();
  if (line.size() < size + nobody.size() + clf_time_size) return false;
  const std::string_view time = line.substr(size + nobody.size());
  if (std::memcmp(line.data() + size, nobody.data(), nobody.size()) != 0 || !has_last_date(time) ||
      !is_clf_clock(time.substr(clf_date_size))) {
    return false;
  }
  const std::optional<client> who =
      is_ipv4 ? client(address) : address_client(line.substr(0, size));
  if (!who) return false;
  keep(*who, line.substr(0, size + nobody.size() + clf_date_size));
  return true;
}

bool clf_reader::read_any(std::string_view line) {
  const std::size_t at = find_time(line);
  if (at == std::string_view::npos) return false;
  const std::string_view time = line.substr(at);
  if (!read_date(time) || !is_clf_clock(time.substr(clf_date_size))) return false;
  const std::optional<client> who = find_client(line.substr(0, at - 1));
  if (!who) return false;
  keep(*who, line.substr(0, at + clf_date_size));
  return true;
}

// REQUIRES at least clf_date_size bytes.
bool clf_reader::has_last_date(std::string_view time) const {
  return !last_date_.empty() && std::memcmp(time.data(), last_date_.data(), clf_date_size) == 0;
}

// Leaves the day in last_day_; false if there is no such day.
bool clf_reader::read_date(std::string_view time) {
  if (has_last_date(time)) return true;
  const std::optional<day> parsed = parse_clf_date(time);
  if (!parsed) return false;
  last_date_ = time.substr(0, clf_date_size);
  last_day_ = *parsed;
  return true;
}

void clf_reader::keep(const client& who, std::string_view head) {
  hit_ = {.who = who, .date = last_day_, .repeated = false};
  last_head_ = head;
}

}  // namespace countips
