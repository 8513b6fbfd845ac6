#include "countips/formats/line_time.h"

#include <algorithm>
#include <cstring>

#include "countips/times/digits.h"
#include "countips/times/second_of_day.h"
#include "countips/times/time_text.h"

namespace countips {

namespace {

constexpr std::size_t clock_size = 8;  // 03:04:05
constexpr std::size_t ctime_size = 24;
constexpr std::int64_t seconds_a_day = 86'400;

std::string_view without_brackets(std::string_view text) {
  const bool has_both = text.starts_with('[') && text.ends_with(']');
  return has_both ? text.substr(1, text.size() - 2) : text;
}

time_shape shape_of(std::string_view text) {
  if (text.size() > clock_size && text[4] == '-') return time_shape::iso;
  if (text.size() > clock_size && text[2] == '/') return time_shape::clf;
  return text.size() == ctime_size && text[3] == ' ' ? time_shape::ctime : time_shape::epoch;
}

// "03:04:05" and a fraction. Takes them off the text.
bool take_time_of_day(std::string_view& text, timestamp& into) {
  if (text.size() < clock_size || text[2] != ':' || text[5] != ':') return false;
  const unsigned hour = two_digits(text.data());
  const unsigned minute = two_digits(text.data() + 3);
  const unsigned second = two_digits(text.data() + 6);
  const std::optional<std::uint32_t> clock_time = second_of_day(hour, minute, second);
  if (!clock_time) return false;
  into.second = *clock_time;
  text.remove_prefix(clock_size);
  if (text.size() < 2 || (text[0] != '.' && text[0] != ',') || !is_digit(text[1])) return true;
  text = {std::find_if_not(text.begin() + 1, text.end(), is_digit), text.end()};
  return true;
}

// "+0100". REQUIRES a sign and four characters.
bool read_usual_zone(std::string_view text, timestamp& into) {
  const unsigned hours = two_digits(text.data() + 1);
  const unsigned minutes = two_digits(text.data() + 3);
  if (hours > 23 || minutes > 59) return false;
  const auto seconds = static_cast<std::int32_t>(hours * 3600 + minutes * 60);
  into.offset = text[0] == '-' ? -seconds : seconds;
  return into.has_offset = true;
}

// What may stand behind a clock time: nothing, or a zone; before it a blank, if it is wanted.
bool read_zone(std::string_view text, bool behind_blank, timestamp& into) {
  into.offset = 0;
  into.has_offset = false;
  if (text.empty()) return true;
  if (behind_blank) {
    if (!text.starts_with(' ')) return false;
    text.remove_prefix(1);
  }
  if (text == "Z") return into.has_offset = true;
  if (text.size() == 5 && (text[0] == '+' || text[0] == '-')) return read_usual_zone(text, into);
  time_parts parts;
  if (!take_zone(text, parts) || !text.empty()) return false;
  into.offset = parts.offset;
  into.has_offset = true;
  return true;
}

}  // namespace

bool line_time::read(std::string_view text) {
  if (shape_ == time_shape::clf || shape_ == time_shape::any) text = without_brackets(text);
  return read_as(shape_ == time_shape::any ? shape_of(text) : shape_, text);
}

bool line_time::read_apart(std::string_view date, std::string_view clock) {
  return date.size() == iso_date_length && read_date(time_shape::iso, date) &&
         read_clock(last_day_, clock);
}

bool line_time::read_clock(day date, std::string_view clock) {
  time_.date = date;
  return take_time_of_day(clock, time_) && read_zone(clock, false, time_) && !time_.has_offset;
}

bool line_time::read_as(time_shape shape, std::string_view text) {
  if (shape == time_shape::epoch) return read_epoch(text);
  if (shape == time_shape::ctime) return read_ctime(text);
  const bool is_iso = shape == time_shape::iso;
  const std::size_t date_size = is_iso ? iso_date_length : clf_date_length;
  if (text.size() <= date_size + clock_size) return false;
  const char between = text[date_size];
  if (is_iso ? between != 'T' && between != ' ' && between != 't' : between != ':') return false;
  std::string_view clock = text.substr(date_size + 1);
  if (!read_date(shape, text.substr(0, date_size)) || !take_time_of_day(clock, time_)) return false;
  time_.date = last_day_;
  return read_zone(clock, !is_iso, time_);
}

// REQUIRES a text of the size of the last. Comparing constant sizes takes no call.
bool line_time::is_last_date(const char* text) const {
  return last_size_ == iso_date_length ? std::memcmp(text, last_date_.data(), iso_date_length) == 0
                                       : std::memcmp(text, last_date_.data(), clf_date_length) == 0;
}

// Leaves the day in last_day_.
bool line_time::read_date(time_shape shape, std::string_view text) {
  if (text.size() == last_size_ && is_last_date(text.data())) return true;
  std::string_view rest = text;
  time_parts parts;
  const bool taken =
      shape == time_shape::iso ? take_iso_date(rest, parts) : take_clf_date(rest, parts);
  const std::optional<timestamp> found = taken && rest.empty() ? parts.time() : std::nullopt;
  if (!found) return false;
  last_day_ = found->date;
  last_size_ = text.size();
  text.copy(last_date_.data(), last_size_);
  return true;
}

// Ten digits, as seconds have from 2001 to 2286, are read here; the rest is for parse_epoch.
bool line_time::read_epoch(std::string_view text) {
  constexpr std::size_t digits = 10;
  const bool is_usual = text.size() >= digits && text[0] != '0' &&
                        std::all_of(text.begin(), text.begin() + digits, is_digit) &&
                        (text.size() == digits || text[digits] == '.');
  if (!is_usual) return take(parse_epoch(text));
  std::int64_t seconds = 0;
  for (const char c : text.substr(0, digits)) seconds = seconds * 10 + (c - '0');
  if (seconds / seconds_a_day != epoch_day_) {
    if (!take(parse_epoch(text))) return false;
    epoch_day_ = seconds / seconds_a_day;
    epoch_date_ = time_.date;
    return true;
  }
  const std::string_view fraction = text.substr(digits);
  if (fraction.size() == 1 ||
      !std::all_of(fraction.begin() + (fraction.empty() ? 0 : 1), fraction.end(), is_digit)) {
    return false;
  }
  time_ = {epoch_date_, static_cast<std::uint32_t>(seconds % seconds_a_day), 0, true};
  return true;
}

// "Tue Jan  2 03:04:05 2024"
bool line_time::read_ctime(std::string_view text) {
  if (text.size() != ctime_size || text[3] != ' ' || text[7] != ' ' || text[10] != ' ' ||
      text[19] != ' ') {
    return false;
  }
  std::string_view month = text.substr(4, 3);
  std::string_view of_month = text.substr(text[8] == ' ' ? 9 : 8, text[8] == ' ' ? 1 : 2);
  std::string_view clock = text.substr(11, clock_size);
  std::string_view year = text.substr(20);
  std::string_view weekday = text.substr(0, 3);
  time_parts parts;
  parts.month = take_month_name(month).value_or(time_parts::none);
  parts.of_month = take_digits(of_month, 2).value_or(time_parts::none);
  parts.year = take_digits(year, 4).value_or(time_parts::none);
  if (!take_weekday_name(weekday) || !take_clock(clock, parts)) return false;
  if (!of_month.empty() || !year.empty()) return false;
  return take(parts.time());
}

bool line_time::take(std::optional<timestamp> time) {
  if (time) time_ = *time;
  return time.has_value();
}

}  // namespace countips
