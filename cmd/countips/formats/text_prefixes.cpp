#include "countips/formats/text_prefixes.h"

#include <algorithm>
#include <cstddef>

#include "countips/formats/read_lines.h"
#include "countips/times/time_text.h"

namespace countips {

namespace {

using text = std::string_view;

bool take(text& from, char c) {
  if (!from.starts_with(c)) return false;
  from.remove_prefix(1);
  return true;
}

// Takes what stands before the next blank, and the blank; false if there is none of them.
bool take_word(text& from, text& word) {
  const std::size_t end = from.find(' ');
  if (end == text::npos || end == 0) return false;
  word = from.substr(0, end);
  from.remove_prefix(end + 1);
  return true;
}

bool skip_word(text& from) {
  text word;
  return take_word(from, word);
}

void skip_blanks(text& from) {
  from.remove_prefix(std::min(from.find_first_not_of(' '), from.size()));
}

// "<190>", which may be missing; false if it is begun and is none.
bool skip_priority(text& from) {
  return !take(from, '<') || (take_digits(from, 3) && take(from, '>'));
}

bool is_iso_time(text word) {
  time_parts parts;
  return word.size() > 10 && word[10] == 'T' && take_iso_time(word, parts) && word.empty();
}

bool is_unix_time(text word) {
  time_parts parts;
  return take_epoch(word, epoch_unit::seconds, parts) && word.empty();
}

// "Jun  9 10:00:00" or "Jun 09 2024 10:00:00.123456", and the blank behind.
bool skip_old_time(text& from) {
  time_parts parts;
  if (!take_month_name(from) || !take(from, ' ')) return false;
  skip_blanks(from);
  if (!take_digits(from, 2) || !take(from, ' ')) return false;
  text rest = from;
  if (take_digits(rest, 4) && take(rest, ' ')) from = rest;
  return take_clock(from, parts) && take(from, ' ');
}

bool skip_syslog_time(text& from) {
  text rest = from;
  if (skip_old_time(rest)) {
    from = rest;
    return true;
  }
  text word;
  return take_word(from, word) && (is_iso_time(word) || is_unix_time(word));
}

// The structured data of RFC 5424: "-", or elements in brackets whose values are in quotes.
bool skip_structured_data(text& from) {
  if (take(from, '-')) return true;
  if (!from.starts_with('[')) return false;
  while (take(from, '[')) {
    bool in_quotes = false;
    while (!from.empty() && (in_quotes || from.front() != ']')) {
      if (from.front() == '"') in_quotes = !in_quotes;
      from.remove_prefix(from.front() == '\\' && from.size() > 1 ? 2 : 1);
    }
    if (!take(from, ']')) return false;
  }
  return true;
}

// Compose colours the names of services on a terminal: "\x1b[36m".
void skip_colours(text& from) {
  while (from.starts_with("\x1b[")) {
    const std::size_t end = from.find_first_not_of("0123456789;", 2);
    if (end == text::npos || from[end] != 'm') return;
    from.remove_prefix(end + 1);
  }
}

bool is_of_service_name(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         c == '.';
}

}  // namespace

std::optional<text> behind_cri(text line) {
  text time, stream;
  if (!take_word(line, time) || !take_word(line, stream)) return std::nullopt;
  if (stream != "stdout" && stream != "stderr") return std::nullopt;
  const text tags = line.substr(0, line.find(' '));
  const text kind = tags.substr(0, tags.find(':'));  // Full, or part of a line.
  if ((kind != "F" && kind != "P") || !is_iso_time(time)) return std::nullopt;
  line.remove_prefix(std::min(tags.size() + 1, line.size()));
  return line;
}

std::optional<text> behind_compose(text line) {
  skip_colours(line);
  const auto name = static_cast<std::size_t>(
      std::find_if_not(line.begin(), line.end(), is_of_service_name) - line.begin());
  line.remove_prefix(name);
  skip_colours(line);
  if (name == 0 || !line.starts_with(' ')) return std::nullopt;
  skip_blanks(line);
  skip_colours(line);
  if (!take(line, '|')) return std::nullopt;
  skip_colours(line);
  if (!line.empty() && !take(line, ' ')) return std::nullopt;
  skip_colours(line);
  return line;
}

std::optional<text> behind_rfc5424(text line) {
  text version, time;
  if (!skip_priority(line) || !take_word(line, version) || version != "1" ||
      !take_word(line, time) || (time != "-" && !is_iso_time(time))) {
    return std::nullopt;
  }
  for (int i = 0; i < 4; ++i) {  // Host, program, process, kind of message.
    if (!skip_word(line)) return std::nullopt;
  }
  if (!skip_structured_data(line)) return std::nullopt;
  if (!line.empty() && !take(line, ' ')) return std::nullopt;
  if (line.starts_with(byte_order_mark)) line.remove_prefix(byte_order_mark.size());
  return line;
}

// The program ends with a colon, and comes first where there is no host.
std::optional<text> behind_syslog(text line) {
  if (!skip_priority(line) || !skip_syslog_time(line)) return std::nullopt;
  skip_blanks(line);
  text word;
  if (!take_word(line, word)) return std::nullopt;
  if (!word.ends_with(':') && (!take_word(line, word) || !word.ends_with(':'))) return std::nullopt;
  skip_blanks(line);
  return line;
}

std::optional<text> behind_timestamp(text line) {
  text time;
  time_parts parts;
  if (!take_word(line, time) || !is_iso_time(time)) return std::nullopt;
  return take_iso_time(time, parts) && parts.has_offset ? std::optional(line) : std::nullopt;
}

}  // namespace countips
