#include "countips/formats/time_field.h"

#include <algorithm>
#include <array>
#include <utility>

#include "countips/formats/clf_time.h"
#include "countips/times/time_text.h"

namespace countips {

namespace {

using kinds = time_piece::kinds;

constexpr std::size_t clf_text_size = 26;  // 02/Jan/2024:03:04:05 +0100

bool take_text(std::string_view& from, std::string_view text) {
  if (!from.starts_with(text)) return false;
  from.remove_prefix(text.size());
  return true;
}

// With a zone and without a fraction, as Apache and nginx write it.
bool take_plain_clf(std::string_view& text, time_parts& into) {
  std::string_view rest = text;
  time_parts parts = into;
  if (!take_clf_time(rest, parts) || !parts.has_offset) return false;
  if (text.size() - rest.size() != clf_text_size) return false;
  text = rest;
  into = parts;
  return true;
}

// As odd_clf_time has it.
bool take_odd_clf(std::string_view& text, time_parts& into) {
  std::string_view rest = text;
  time_parts parts = into;
  if (!take_clf_date(rest, parts) || !take_odd_clf_clock(rest, parts)) return false;
  text = rest;
  into = parts;
  return true;
}

// Without a fraction: what stands behind it is the business of the next piece.
bool take_plain_clock(std::string_view& text, time_parts& into) {
  constexpr std::size_t clock_size = 8;  // 03:04:05
  std::string_view clock = text.substr(0, clock_size);
  if (!take_clock(clock, into)) return false;
  text.remove_prefix(clock_size);
  return true;
}

struct known_pattern {
  std::string_view pattern;
  kinds kind;
};

constexpr std::array known_patterns = {
    known_pattern{"%d/%b/%Y:%H:%M:%S %z", kinds::clf},
    known_pattern{"%d/%b/%Y:%T %z", kinds::clf},
    known_pattern{"%d/%b/%Y", kinds::clf_date},
    known_pattern{"%Y-%m-%d", kinds::iso_date},
    known_pattern{"%F", kinds::iso_date},
    known_pattern{"%H:%M:%S", kinds::clock},
    known_pattern{"%T", kinds::clock},
    known_pattern{"%z", kinds::zone},
    known_pattern{"%s", kinds::epoch},
};

// The one that the pattern begins with, or null.
const known_pattern* known_at(std::string_view pattern) {
  const auto* const found = std::ranges::find_if(
      known_patterns, [pattern](const auto& each) { return pattern.starts_with(each.pattern); });
  return found == known_patterns.end() ? nullptr : found;
}

// How much of the pattern there is up to the next known one.
std::size_t unknown_size(std::string_view pattern) {
  std::size_t size = 0;
  while (size < pattern.size() && known_at(pattern.substr(size)) == nullptr) {
    size += pattern[size] == '%' ? 2 : 1;
  }
  return std::min(size, pattern.size());
}

}  // namespace

bool time_piece::has_date() const {
  switch (kind) {
    case kinds::clf:
    case kinds::iso:
    case kinds::clf_date:
    case kinds::iso_date:
    case kinds::epoch:
      return true;
    case kinds::pattern:
      return pattern->has_date();
    default:
      return false;
  }
}

bool time_piece::is_whole() const {
  return kind == kinds::clf || kind == kinds::iso;
}

std::size_t time_piece::date_size() const {
  if (kind == kinds::clf || kind == kinds::clf_date) return clf_date_length;
  return kind == kinds::iso || kind == kinds::iso_date ? iso_date_length : 0;
}

bool time_piece::take(std::string_view& from, time_parts& into) const {
  switch (kind) {
    case kinds::text:
      return take_text(from, text);
    case kinds::clf:
      return take_plain_clf(from, into) || take_odd_clf(from, into);
    case kinds::iso:
      return take_iso_time(from, into);
    case kinds::clf_date:
      return take_clf_date(from, into);
    case kinds::iso_date:
      return take_iso_date(from, into);
    case kinds::clock:
      return take_plain_clock(from, into);
    case kinds::zone:
      return take_zone(from, into);
    case kinds::epoch:
      return take_epoch(from, unit, into);
    case kinds::fraction:
      return take_digits(from, 6).has_value();
    case kinds::pattern:
      return pattern->take(from, into);
  }
  return false;
}

std::optional<time_field> pieces_of_pattern(std::string_view pattern, std::size_t& position) {
  time_field pieces;
  const known_pattern* const first = known_at(pattern);
  // Where a date does not stand in one piece and in front, only the whole pattern tells it.
  const bool is_split = first != nullptr && (time_piece{.kind = first->kind}.has_date() ||
                                             first->pattern.size() == pattern.size());
  for (std::size_t at = 0; at < pattern.size();) {
    const known_pattern* const known = is_split ? known_at(pattern.substr(at)) : nullptr;
    if (known != nullptr) {
      pieces.push_back({.kind = known->kind});
      at += known->pattern.size();
      continue;
    }
    const std::size_t size = is_split ? unknown_size(pattern.substr(at)) : pattern.size();
    const std::string_view part = pattern.substr(at, size);
    at += size;
    if (part.find('%') == std::string_view::npos) {
      pieces.push_back({.kind = kinds::text, .text = std::string(part)});
      continue;
    }
    auto compiled = time_pattern::compile(part, &position);
    if (!compiled) {
      position += at - size;
      return std::nullopt;
    }
    pieces.push_back({.kind = kinds::pattern, .pattern = std::move(compiled)});
  }
  return pieces;
}

}  // namespace countips
