#include "countips/formats/haproxy.h"

#include <algorithm>
#include <array>

#include "countips/formats/field_cutter.h"
#include "countips/formats/line_format.h"
#include "countips/times/digits.h"

namespace countips {

namespace {

constexpr std::size_t time_size = 26;  // [02/Jan/2024:03:04:05.678]

bool is_time_shaped(std::string_view text) {
  return text.size() >= time_size && text[3] == '/' && text[7] == '/' && text[12] == ':' &&
         text[21] == '.' && text[25] == ']';
}

// Where the time opens, or npos.
std::size_t find_time(std::string_view line) {
  for (std::size_t at = line.find('['); at != std::string_view::npos; at = line.find('[', at + 1)) {
    if (at > 0 && line[at - 1] == ' ' && is_time_shaped(line.substr(at))) return at;
  }
  return std::string_view::npos;
}

// The last word before the time; empty if what stands before it is no prefix of syslog.
std::string_view client_in_head(std::string_view head) {
  const std::size_t blank = head.rfind(' ');
  if (blank == std::string_view::npos) return head;
  return head.substr(0, blank).ends_with(':') ? head.substr(blank + 1) : std::string_view();
}

// What the server says of itself, behind the prefix of syslog if there is one.
bool is_message(std::string_view line) {
  constexpr std::array<std::string_view, 8> beginnings = {
      "Proxy ",   "Server ",       "Backup Server ", "Health check for ",
      "backend ", "Connect from ", "Stopping ",      "Pausing "};
  const std::size_t tag = line.find("]: ");
  if (tag != std::string_view::npos) line.remove_prefix(tag + 3);
  return std::ranges::any_of(beginnings,
                             [line](std::string_view b) { return line.starts_with(b); });
}

// How many slashes there are between timers; none if they are something else.
int count_slashes(std::string_view timers) {
  int slashes = 0;
  for (const char c : timers) {
    if (c == '/') {
      ++slashes;
    } else if (!is_digit(c) && c != '-' && c != '+') {
      return 0;
    }
  }
  return slashes;
}

}  // namespace

line_kind haproxy_reader::read(std::string_view line) {
  const std::size_t at = find_time(line);
  if (at == std::string_view::npos) {
    return is_message(line) ? line_kind::other : reject(reject_reason::shape);
  }
  if (!time_.read(line.substr(at, time_size))) return reject(reject_reason::no_time);
  std::string_view tail = line.substr(at + time_size);
  const line_kind by_tail = kind_by_tail(tail);
  if (by_tail != line_kind::request) return by_tail;
  const line_kind kind =
      keeper_.take(client_in_head(line.substr(0, at - 1)), time_.last(), line.data() + line.size());
  if (kind == line_kind::rejected) return reject(reject_reason::no_client);
  if (kind == line_kind::request && rules_.wanted.any()) fill(tail);
  return kind;
}

line_kind haproxy_reader::reject(reject_reason why) {
  why_ = why;
  return line_kind::rejected;
}

// Takes frontend, server and timers off the tail.
line_kind haproxy_reader::kind_by_tail(std::string_view& tail) {
  field_cutter words(tail, {separator::white, quoting::none, false});
  std::string_view frontend, server, timers;
  if (!words.next(frontend)) return reject(reject_reason::shape);
  if (frontend.ends_with(':')) return line_kind::other;
  if (!words.next(server) || server.find('/') == std::string_view::npos || !words.next(timers)) {
    return reject(reject_reason::shape);
  }
  tail.remove_prefix(static_cast<std::size_t>(timers.data() + timers.size() - tail.data()));
  switch (count_slashes(timers)) {
    case 4:
      return counted_ == mode::http ? line_kind::request : reject(reject_reason::shape);
    case 2:
      return counted_ == mode::tcp ? line_kind::request : line_kind::other;
    default:
      return reject(reject_reason::shape);
  }
}

// status bytes ... {captured} "GET / HTTP/1.1"; HAProxy writes a quote within the request as #22.
void haproxy_reader::fill(std::string_view tail) {
  if (counted_ == mode::tcp) return;
  record& hit = keeper_.hit();
  field_cutter words(tail, {separator::white, quoting::none, false});
  std::string_view status;
  if (words.next(status) && rules_.wanted.status) hit.status = status;
  if (!rules_.wanted.request) return;
  const std::size_t open = tail.find(" \"");
  if (open == std::string_view::npos) return;
  tail.remove_prefix(open + 2);
  split_request(tail.substr(0, tail.find('"')), hit);
}

std::shared_ptr<const log_format> haproxy_format() {
  return std::make_shared<line_format<haproxy_reader, haproxy_reader::mode>>(
      "haproxy", haproxy_reader::mode::http);
}

std::shared_ptr<const log_format> haproxy_tcp_format() {
  return std::make_shared<line_format<haproxy_reader, haproxy_reader::mode>>(
      "haproxy_tcp", haproxy_reader::mode::tcp);
}

}  // namespace countips
