// HAProxy's log of HTTP requests and of TCP connections.
//
//   client:port [02/Jan/2024:03:04:05.678] frontend backend/server Tq/Tw/Tc/Tr/Tt status bytes ...
//   client:port [02/Jan/2024:03:04:05.678] frontend backend/server Tw/Tc/Tt bytes ...
//   client:port [02/Jan/2024:03:04:05.678] frontend/1: SSL handshake failure
//
// A prefix of syslog may stand in front. The last is line_kind::other, and so are messages of the
// server. The number of timers tells a request from a connection. No zone is told.
#pragma once

#include <memory>
#include <string_view>

#include "countips/formats/line_time.h"
#include "countips/formats/log_format.h"
#include "countips/formats/request_keeper.h"

namespace countips {

// Requests count; connections are line_kind::other.
[[nodiscard]] std::shared_ptr<const log_format> haproxy_format();

// Connections count, for servers that see nothing else; a request is not of this format.
[[nodiscard]] std::shared_ptr<const log_format> haproxy_tcp_format();

// Not thread-safe.
class haproxy_reader {
 public:
  static constexpr bool is_told_by_shape = true;
  enum class mode { http, tcp };

  haproxy_reader(const read_rules& rules, mode counted)
      : rules_(rules),
        counted_(counted),
        time_(time_shape::clf),
        keeper_(rules, client_port::mostly) {}

  [[nodiscard]] line_kind read(std::string_view line);
  [[nodiscard]] const record& last() const { return keeper_.hit(); }
  [[nodiscard]] reject_reason why() const { return why_; }

 private:
  [[nodiscard]] line_kind reject(reject_reason why);
  [[nodiscard]] line_kind kind_by_tail(std::string_view& tail);
  void fill(std::string_view tail);

  const read_rules& rules_;
  const mode counted_;
  line_time time_;
  request_keeper keeper_;
  reject_reason why_ = reject_reason::none;
};

}  // namespace countips
