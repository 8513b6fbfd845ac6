// Formats that a user tells by a regular expression.
//
//   ^(?P<client>\S+) \S+ \S+ \[(?P<time>[^]]+)\] "(?P<request>[^"]*)" (?P<status>\d+)
//
// The syntax is RE2's. Groups with these names are looked at; there must be one for the client and
// one for the time, and each part may be told by one group only:
//
//   client     address, host name or list of proxies, in any spelling
//   forwarded  the same, of the field that proxies fill in
//   time       in any of the shapes below, which is told from its looks
//   time_clf   02/Jan/2024:03:04:05 +0100; the zone may be missing
//   time_iso   2024-01-02T03:04:05.678+01:00; with a blank for the T, and the zone may be missing
//   time_ctime Tue Jan  2 03:04:05 2024
//   time_epoch 1704164645.678: seconds since 1970; or milli-, micro-, nanoseconds by their digits
//   request    GET /path HTTP/1.1, in place of the next two
//   method, path
//   status, agent, host
//
// A line is of the format if the expression matches anywhere in it; ^ and $ bind it to its ends, of
// which a CR is no part. Lines are bytes: a dot is one byte, so that no encoding loses a line.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "countips/formats/line_time.h"
#include "countips/formats/log_format.h"
#include "countips/formats/request_keeper.h"
#include "countips/records/regex_program.h"
#include "par/base/expected.h"

namespace countips {

// The error says what is wrong with the pattern.
[[nodiscard]] par::expected<std::shared_ptr<const log_format>, std::string> regex_format(
    std::string_view pattern);

// Which group of a pattern tells which part of a request.
struct regex_layout {
  enum class part : std::uint8_t {
    who,
    forwarded,
    time,
    request,
    method,
    path,
    status,
    agent,
    host
  };
  static constexpr std::size_t parts = 9;

  regex_program program;
  std::array<std::size_t, parts> groups{};  // 0: none tells it.
  time_shape time = time_shape::any;

  [[nodiscard]] std::size_t group(part which) const {
    return groups[static_cast<std::size_t>(which)];
  }
};
[[nodiscard]] par::expected<regex_layout, std::string> compile_regex(std::string_view pattern);

// Asks for no more groups than are wanted, as each costs time. Not thread-safe.
class regex_reader {
 public:
  static constexpr bool is_told_by_shape = true;  // The user says so.

  regex_reader(const read_rules& rules, regex_layout layout);

  [[nodiscard]] line_kind read(std::string_view line);
  [[nodiscard]] const record& last() const { return keeper_.hit(); }
  [[nodiscard]] reject_reason why() const { return why_; }

 private:
  using part = regex_layout::part;

  [[nodiscard]] bool is_wanted(part which) const;
  [[nodiscard]] std::string_view text(part which) const;
  [[nodiscard]] std::string_view client_text() const;
  [[nodiscard]] line_kind reject(reject_reason why);
  void fill();

  const read_rules& rules_;
  const regex_layout layout_;
  std::vector<std::string_view> found_;
  line_time time_;
  request_keeper keeper_;
  reject_reason why_ = reject_reason::none;
};

}  // namespace countips
