// Reads lines with a reader of some format, for tests.
#pragma once

#include <ostream>
#include <string>
#include <string_view>

#include "countips/formats/log_format.h"
#include "countips/tallies/line_counts.h"
#include "countips/tallies/tally.h"

namespace countips {

// All that a line was; texts are empty unless it was a request.
struct line_reading {
  line_kind kind = line_kind::rejected;
  reject_reason why = reject_reason::none;
  std::string who;  // An address as inet_ntop writes it, or the name.
  std::string day;
  std::uint32_t second = 0;
  std::string offset;  // "none" or in seconds.
  std::string status, method, path, agent, host;

  friend bool operator==(const line_reading&, const line_reading&) = default;
};
std::ostream& operator<<(std::ostream& out, const line_reading& line);

[[nodiscard]] line_reading reading_of(line_kind kind, reject_reason why, const record& last);

template <class Reader>
[[nodiscard]] line_reading read_with(Reader& reader, std::string_view line) {
  const line_kind kind = reader.read(line);
  return reading_of(kind, reader.why(), reader.last());
}

// Rules that want everything of a line.
[[nodiscard]] read_rules rules_for_all();

// Counts a log in blocks of whole lines, each of at least so many bytes unless it is the last, and
// each in the format that those before it tell.
struct log_count {
  line_counts lines;
  tally counted;
};
[[nodiscard]] log_count count_log(const log_format& format, std::string_view log,
                                  std::size_t block_size, const read_rules& rules = {});

// Day, requests and clients of each day, as `countips --format tsv --no-header` prints them.
[[nodiscard]] std::string days_of(const log_count& counted);

}  // namespace countips
