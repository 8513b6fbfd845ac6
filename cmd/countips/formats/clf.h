// The common log format and what descends from it: combined, and any fields behind.
//
//   client ident user [02/Jan/2024:03:04:05 +0100] whatever comes here does not matter
//
// Nothing but the client and the time is looked at, and the line is anchored on the time: the first
// blank followed by something shaped like a time field. So users may have blanks in their names,
// and requests may be empty, binary or never end: the hit is not lost.
//
// The client is the text before the first blank or comma (a list of proxies begins with the
// client), without quotes around it. An address is taken in any case. A host name must be followed
// by ident and user as the format wants it, and by no address: then something else stands in front
// of the client (a virtual host, a time stamp of syslog), and counting that would be wrong.
#pragma once

#include <string_view>

#include "countips/client.h"
#include "countips/day.h"
#include "countips/formats/clf_time.h"

namespace countips {

struct hit {
  client who;
  day date;               // As the line has it, in its own time zone.
  bool repeated = false;  // The hit before had the same client and date.
};

// Reads lines one after the other and remembers the last hit, because the next line is often by the
// same client and nearly always of the same day. All lines must stay where they are as long as the
// reader is used. Not thread-safe.
class clf_reader {
 public:
  // The hit that the line stands for, valid until the next call; nullptr if the line is malformed.
  [[nodiscard]] const hit* read(std::string_view line);

 private:
  // Two short cuts, which accept nothing that read_any would not read the same way.
  [[nodiscard]] bool repeats_last(std::string_view line) const;
  [[nodiscard]] bool read_usual(std::string_view line);

  [[nodiscard]] bool read_any(std::string_view line);
  [[nodiscard]] bool has_last_date(std::string_view time) const;
  [[nodiscard]] bool read_date(std::string_view time);
  void keep(const client& who, std::string_view head);

  hit hit_;
  std::string_view last_head_;  // Of the last hit: the line up to the colon after the year.
  std::string_view last_date_;  // The last valid one, "[02/Jan/2024:", and the day that it is.
  day last_day_;
};

}  // namespace countips
