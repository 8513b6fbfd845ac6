// The common log format and what descends from it: combined, and any fields behind.
//
//   client ident user [02/Jan/2024:03:04:05 +0100] "request" status bytes "referrer" "agent" ...
//
// The line is anchored on the time: the first blank followed by something shaped like a time field,
// be it one without a zone (see odd_clf_time).
// So users may have blanks in their names, and requests may be empty, binary or never end: the hit
// is not lost. What stands behind the time is only looked at if it is wanted.
//
// The client is the text before the first blank or comma (a list of proxies begins with the
// client), without quotes around it. An address is taken in any case. A host name, and an address
// with a port or in brackets, must be followed by ident and user, one of whom is nobody, and by no
// address: else it is prose, or something stands in front of the client (a virtual host, a time
// stamp of syslog), and counting that would be wrong. So must any client in front of an odd time:
// HAProxy has no words there, and the end of "2001:db8::1:5843" is a port.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string_view>

#include "countips/clients/address_run.h"
#include "countips/clients/client_rules.h"
#include "countips/formats/clf_time.h"
#include "countips/formats/line_splitter.h"
#include "countips/formats/log_format.h"
#include "countips/records/record.h"

namespace countips {

[[nodiscard]] std::shared_ptr<const log_format> combined_format();

// Reads lines one after the other and remembers the last hit, because the next line is often by the
// same client and nearly always of the same day. All lines must stay where they are as long as the
// reader is used. Not thread-safe.
class clf_reader {
 public:
  explicit clf_reader(const read_rules& rules);

  [[nodiscard]] line_kind read(std::string_view line);
  // See lines_reader.
  [[nodiscard]] bool read_alike(line_splitter& from, address_run& into) {
    return !rules_.wanted.any_but_status() && read_alike(from, rules_.wanted.status, into);
  }
  // The same, whatever else is wanted of these lines.
  [[nodiscard]] bool read_alike(line_splitter& from, bool wants_status, address_run& into);
  [[nodiscard]] const record& last() const { return hit_; }
  [[nodiscard]] reject_reason why() const { return why_; }
  // How long the line was up to the end of its time, the closing bracket included.
  [[nodiscard]] std::size_t time_end() const {
    return odd_time_end_ != 0 ? odd_time_end_ : last_head_.size() + clf_clock_size;
  }
  // Into the time of last() what the line, which was the last, tells besides the day.
  void read_clock(std::string_view line, timestamp& into) const;

 private:
  // Two short cuts, which accept nothing that read_any would not read the same way.
  [[nodiscard]] bool repeats_last(std::string_view line) const;
  [[nodiscard]] bool read_usual(std::string_view line);

  [[nodiscard]] std::size_t read_address(const char* line);
  [[nodiscard]] std::size_t head_with_last_date(std::string_view line, std::size_t at) const;
  [[nodiscard]] bool is_usual_lead(const char* text) const;

  [[nodiscard]] bool read_any(std::string_view line);
  [[nodiscard]] bool has_last_date(std::string_view time) const;
  [[nodiscard]] bool read_date(std::string_view time);
  void keep_head(std::string_view line, std::size_t head_size);
  void keep_odd_time(const timestamp& time, std::size_t end);
  void read_tail(std::string_view line);

  const read_rules& rules_;
  const bool is_bare_;
  record hit_;
  reject_reason why_ = reject_reason::none;
  std::string_view last_head_;    // Of the last hit: the line up to the colon after the year.
  bool is_repeatable_ = false;    // That head is short, and enough stands behind it.
  std::size_t odd_time_end_ = 0;  // 0 unless the last hit has an odd_clf_time, and no head.
  // What mostly stands behind the client: neither ident nor user, and the last valid date; line
  // ends, which no line has, before there is one. And the day that it is.
  static constexpr std::string_view nobody = " - - ";
  static constexpr std::size_t usual_lead_size = nobody.size() + clf_date_size;
  std::array<char, usual_lead_size> usual_lead_;
  day last_day_;
};

}  // namespace countips
