// LTSV: fields with labels, separated by tabs, in any order.
//
//   time:[02/Jan/2024:03:04:05 +0100]	host:192.0.2.1	req:GET / HTTP/1.1	status:200
//   ua:...
//
// The labels are those that ltsv.org recommends, and the names of nginx's variables. `host` is the
// client, as there; but where a line has remote_addr or another label that can mean nothing else,
// `host` is the virtual host. What has a message or a level, but no status, method or request line,
// is line_kind::other.
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

namespace countips {

[[nodiscard]] std::shared_ptr<const log_format> ltsv_format();

// Labels stand in the same order in nearly all lines of a log, so they are looked up only where the
// line before had another one. Not thread-safe.
class ltsv_reader {
 public:
  explicit ltsv_reader(const read_rules& rules)
      : rules_(rules), time_(time_shape::any), keeper_(rules, client_port::maybe) {}

  [[nodiscard]] line_kind read(std::string_view line);
  [[nodiscard]] const record& last() const { return keeper_.hit(); }
  [[nodiscard]] reject_reason why() const { return why_; }

  // Whether the last line is surely a request: it has a status, a method or a request line that is
  // one; and not only a status if `host` is its client, but no address.
  [[nodiscard]] bool tells_of_request() const;

  enum class role : std::uint8_t {
    none,
    time,
    peer,
    peer_or_host,
    forwarded,
    status,
    request,
    method,
    path,
    agent,
    host,
    message
  };

 private:
  static constexpr std::size_t roles = 12;

  struct column {
    std::string label;  // With its colon.
    role meaning = role::none;
    // Its first bytes as a number, and which bits of eight bytes they are: all that is to be
    // compared of most labels.
    std::uint64_t head = 0;
    std::uint64_t head_bits = 0;
  };
  struct label {
    role meaning = role::none;
    std::size_t size = 0;  // With its colon.
  };

  [[nodiscard]] label read_label(std::size_t number, std::string_view field,
                                 const char* line_end) const;
  static bool begins_with_label(std::string_view field, const column& known, const char* line_end);
  static void name(column& which, std::string_view label);
  [[nodiscard]] label learn_label(std::size_t number, std::string_view field);
  [[nodiscard]] bool has_request() const;
  [[nodiscard]] std::string_view client_text() const;
  [[nodiscard]] line_kind reject(reject_reason why);
  void fill();

  static std::uint32_t bit(role which) { return std::uint32_t{1} << static_cast<unsigned>(which); }
  [[nodiscard]] bool has(role which) const { return (seen_ & bit(which)) != 0; }
  void note(role which, std::string_view value);
  [[nodiscard]] std::string_view value(role which) const {
    return has(which) ? values_[static_cast<std::size_t>(which)] : std::string_view();
  }

  const read_rules& rules_;
  std::vector<column> columns_;  // Of the last line.
  bool names_peer_ = false;      // This line has a label of the client that can mean nothing else.
  std::uint32_t seen_ = 0;       // Which roles have a value in this line,
  std::array<std::string_view, roles> values_;  // and which.
  line_time time_;
  request_keeper keeper_;
  reject_reason why_ = reject_reason::none;
};

}  // namespace countips
