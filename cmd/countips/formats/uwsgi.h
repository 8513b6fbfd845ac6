// The request log of uWSGI.
//
//   [pid: 81|app: 0|req: 1/1] client (user) {38 vars in 696 bytes} [Tue Jan  2 03:04:05 2024]
//   GET /path => generated 47 bytes in 129 msecs (HTTP/1.1 200) 9 headers in 378 bytes ...
//
// All in one line. It is anchored on "} [" and the time, so that users may hold anything. No zone
// is told. What the server says at its start is line_kind::other.
#pragma once

#include <memory>
#include <string_view>

#include "countips/formats/line_time.h"
#include "countips/formats/log_format.h"
#include "countips/formats/request_keeper.h"

namespace countips {

[[nodiscard]] std::shared_ptr<const log_format> uwsgi_format();

// Not thread-safe.
class uwsgi_reader {
 public:
  static constexpr bool is_told_by_shape = true;

  explicit uwsgi_reader(const read_rules& rules)
      : rules_(rules), time_(time_shape::ctime), keeper_(rules, client_port::maybe) {}

  [[nodiscard]] line_kind read(std::string_view line);
  [[nodiscard]] const record& last() const { return keeper_.hit(); }
  [[nodiscard]] reject_reason why() const { return why_; }

 private:
  [[nodiscard]] line_kind reject(reject_reason why);
  void fill(std::string_view tail);

  const read_rules& rules_;
  line_time time_;
  request_keeper keeper_;
  reject_reason why_ = reject_reason::none;
};

}  // namespace countips
