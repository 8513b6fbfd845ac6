#include "countips/formats/uwsgi.h"

#include <algorithm>
#include <array>

#include "countips/formats/line_format.h"

namespace countips {

namespace {

constexpr std::size_t time_size = 24;  // Tue Jan  2 03:04:05 2024

bool is_message(std::string_view line) {
  constexpr std::array<std::string_view, 5> beginnings = {"*** ", "spawned uWSGI ", "WSGI app ",
                                                          "uWSGI ", "uwsgi socket "};
  return std::ranges::any_of(beginnings,
                             [line](std::string_view b) { return line.starts_with(b); });
}

// Where the time begins, or npos.
std::size_t find_time(std::string_view line) {
  constexpr std::string_view before = "} [";
  for (std::size_t at = line.find(before); at != std::string_view::npos;
       at = line.find(before, at + 1)) {
    const std::size_t begin = at + before.size();
    if (line.substr(std::min(begin + time_size, line.size())).starts_with("] ")) return begin;
  }
  return std::string_view::npos;
}

}  // namespace

line_kind uwsgi_reader::read(std::string_view line) {
  if (!line.starts_with("[pid: ")) {
    return is_message(line) ? line_kind::other : reject(reject_reason::shape);
  }
  const std::size_t head = line.find("] ");
  const std::size_t user = line.find(" (", head);
  const std::size_t time = find_time(line);
  if (time == std::string_view::npos || user == std::string_view::npos || user > time) {
    return reject(reject_reason::shape);
  }
  if (!time_.read(line.substr(time, time_size))) return reject(reject_reason::no_time);
  const std::size_t begin = std::min(head + 2, user);
  const line_kind kind =
      keeper_.take(line.substr(begin, user - begin), time_.last(), line.data() + line.size());
  if (kind == line_kind::rejected) return reject(reject_reason::no_client);
  if (kind == line_kind::request && rules_.wanted.any()) fill(line.substr(time + time_size + 2));
  return kind;
}

line_kind uwsgi_reader::reject(reject_reason why) {
  why_ = why;
  return line_kind::rejected;
}

// GET /path => generated 47 bytes in 129 msecs (HTTP/1.1 200) ...
void uwsgi_reader::fill(std::string_view tail) {
  record& hit = keeper_.hit();
  const std::size_t arrow = tail.rfind(" => generated ");
  if (rules_.wanted.request) split_request(tail.substr(0, arrow), hit);
  if (!rules_.wanted.status || arrow == std::string_view::npos) return;
  tail.remove_prefix(arrow);
  const std::size_t open = tail.find('(');
  const std::size_t blank = tail.find(' ', open);
  if (open == std::string_view::npos || blank == std::string_view::npos) return;
  const std::size_t close = tail.find(')', blank);
  hit.status = tail.substr(blank + 1, close == std::string_view::npos ? 0 : close - blank - 1);
}

std::shared_ptr<const log_format> uwsgi_format() {
  return std::make_shared<line_format<uwsgi_reader>>("uwsgi");
}

}  // namespace countips
