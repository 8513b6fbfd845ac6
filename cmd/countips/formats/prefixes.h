// What containers and loggers put in front of the lines of a log, or around them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "countips/formats/text_model.h"

namespace countips {

class json_envelope;

enum class line_prefix : std::uint8_t {
  cri,        // 2024-06-09T10:00:00.5+02:00 stdout F line
  rfc5424,    // <190>1 2024-06-09T10:00:00Z host app 12 - [id key="value"] line
  syslog,     // <190>Jun  9 10:00:00 host nginx[12]: line
  compose,    // web-1  | line, coloured or not
  timestamp,  // 2024-06-09T10:00:00.5Z line, as docker logs -t prints it.
  docker,     // {"log":"line\n","stream":"stdout","time":"2024-06-09T08:00:00.5Z"}
  journal,    // {"MESSAGE":"line","__REALTIME_TIMESTAMP":"1717920000000000", ...}
  message,    // {"message":"line", ...}, as shippers write it.
};

// All of them, the most specific first.
[[nodiscard]] std::span<const line_prefix> prefixes();

[[nodiscard]] std::string_view name_of(line_prefix prefix);  // "cri"

// The first of them that the line has. What is behind it may have another.
[[nodiscard]] std::optional<line_prefix> find_prefix(std::string_view line);

// Strips the same prefix off lines, one after the other.
//
// The <priority> of syslog may be missing. Its older form may have a year or a fraction, or an ISO
// time or seconds since 1970 instead, and no host; that is also what journalctl prints by default.
// The time of a prefix is when the line was collected, not that of the request, and is not used.
//
// A line that was split into several (more than 16 KiB in Docker and CRI) is left so: its first
// part holds what counts, mostly, and the others are no lines of the log.
class prefix_stripper {
 public:
  explicit prefix_stripper(line_prefix prefix);
  ~prefix_stripper();

  // The line without its prefix, on one line: line ends within it become blanks. It points into the
  // line, or into this and is good until the next. nullopt if the line does not have it.
  [[nodiscard]] std::optional<std::string_view> strip(std::string_view line);

 private:
  [[nodiscard]] std::optional<std::string_view> strip_text(std::string_view line) const;

  const line_prefix prefix_;
  std::unique_ptr<json_envelope> envelope_;  // Null for prefixes that are no JSON.
  text_model last_;                          // Of those.
};

}  // namespace countips
