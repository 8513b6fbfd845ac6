#include "countips/formats/time_reader.h"

#include <algorithm>
#include <cstring>

#include "countips/formats/clf_time.h"
#include "countips/times/time_text.h"

namespace countips {

namespace {

bool tells_date(const time_parts& parts) {
  constexpr unsigned none = time_parts::none;
  return parts.since_epoch || parts.year != none || parts.month != none || parts.of_month != none ||
         parts.of_year != none;
}

}  // namespace

// A whole time has nothing behind it to be read on its own.
time_reader::time_reader(const time_field& field)
    : field_(field),
      date_size_(field.size() == 1 || !field.front().is_whole() ? field.front().date_size() : 0) {}

bool time_reader::take(std::string_view& text) {
  if (begins_with_last_date(text)) {
    std::string_view rest = text.substr(date_size_);
    if (take_clock_behind(rest)) {
      text = rest;
      return true;
    }
  }
  return take_any(text);
}

// Comparing constant sizes takes no call.
bool time_reader::begins_with_last_date(std::string_view text) const {
  if (last_date_.empty() || text.size() < date_size_) return false;
  return date_size_ == clf_date_length
             ? std::memcmp(text.data(), last_date_.data(), clf_date_length) == 0
             : std::memcmp(text.data(), last_date_.data(), iso_date_length) == 0;
}

bool time_reader::take_clock_behind(std::string_view& text) {
  switch (field_.front().kind) {
    case time_piece::kinds::clf:
      return take_clf_clock(text);
    case time_piece::kinds::iso:
      return take_iso_clock(text);
    default:
      return take_other_pieces(text);
  }
}

// ":03:04:05 +0100"
bool time_reader::take_clf_clock(std::string_view& text) {
  constexpr std::size_t size = 15, zone_size = 5;
  if (text.size() > clf_clock_size + 1 && text[0] == ':' && is_clf_clock_ahead(text.data() + 1)) {
    read_clf_clock(text.data() + 1, time_.emplace(last_day_));
    text.remove_prefix(size);
    return true;
  }
  if (text.size() < size || text[0] != ':' || text[9] != ' ') return false;
  std::string_view clock = text.substr(1, 8);
  std::string_view zone = text.substr(10, zone_size);
  const auto second = take_second_of_day(clock);
  const auto offset = take_offset(zone);
  if (!second || !offset || !zone.empty()) return false;
  time_.emplace(last_day_, *second, *offset, true);
  text.remove_prefix(size);
  return true;
}

// "T03:04:05.678+01:00"
bool time_reader::take_iso_clock(std::string_view& text) {
  if (!text.starts_with('T') && !text.starts_with(' ')) return false;
  std::string_view rest = text.substr(1);
  const auto second = take_second_of_day(rest);
  if (!second) return false;
  skip_fraction(rest);
  const auto offset = take_offset(rest);
  time_.emplace(last_day_, *second, offset.value_or(0), offset.has_value());
  text = rest;
  return true;
}

bool time_reader::take_other_pieces(std::string_view& text) {
  std::string_view rest = text;
  time_parts parts;
  const bool taken = std::all_of(field_.begin() + 1, field_.end(),
                                 [&](const time_piece& piece) { return piece.take(rest, parts); });
  if (!taken || tells_date(parts)) return false;
  const std::uint32_t date = last_day_.number();
  parts.year = date / 10000;
  parts.month = date / 100 % 100;
  parts.of_month = date % 100;
  time_ = parts.time();
  if (time_) text = rest;
  return time_.has_value();
}

// Most places where a time might be are told from it by a byte.
bool time_reader::may_begin_with_date(std::string_view text) const {
  if (date_size_ == 0) return true;
  if (text.size() < date_size_) return false;
  return date_size_ == clf_date_length ? text[2] == '/' : text[4] == '-';
}

bool time_reader::take_any(std::string_view& text) {
  if (!may_begin_with_date(text)) return false;
  std::string_view rest = text;
  time_parts parts;
  if (!std::ranges::all_of(field_,
                           [&](const time_piece& piece) { return piece.take(rest, parts); })) {
    return false;
  }
  time_ = parts.time();
  if (time_ && date_size_ != 0) {
    last_date_ = text.substr(0, date_size_);
    last_day_ = time_->date;
  }
  text = rest;
  return true;
}

}  // namespace countips
