#include "countips/formats/nginx_proxy_manager.h"

#include <algorithm>

#include "countips/formats/line_format.h"

namespace countips {

namespace {

constexpr std::size_t time_size = 28;  // [02/Jan/2024:03:04:05 +0000]

// Takes the last word off the text.
std::string_view take_last_word(std::string_view& text) {
  const std::size_t blank = text.rfind(' ');
  const std::string_view word = blank == std::string_view::npos ? text : text.substr(blank + 1);
  text = blank == std::string_view::npos ? std::string_view() : text.substr(0, blank);
  return word;
}

}  // namespace

line_kind nginx_proxy_manager_reader::read(std::string_view line) {
  constexpr std::string_view before_client = "\" [Client ";
  if (!line.starts_with('[') || line.size() < time_size || line[time_size - 1] != ']') {
    return reject(reject_reason::shape);
  }
  const std::size_t before = line.find(before_client, time_size);
  if (before == std::string_view::npos) return reject(reject_reason::shape);
  const std::size_t begin = before + before_client.size();
  const std::size_t end = line.find("] [", begin);
  if (end == std::string_view::npos) return reject(reject_reason::shape);
  if (!time_.read(line.substr(0, time_size))) return reject(reject_reason::no_time);
  const line_kind kind =
      keeper_.take(line.substr(begin, end - begin), time_.last(), line.data() + line.size());
  if (kind == line_kind::rejected) return reject(reject_reason::no_client);
  if (kind == line_kind::request && rules_.wanted.any()) {
    fill(line.substr(time_size, before - time_size), line.substr(end));
  }
  return kind;
}

line_kind nginx_proxy_manager_reader::reject(reject_reason why) {
  why_ = why;
  return line_kind::rejected;
}

// Before the client: - 200 200 - GET https example.com "/path
// and behind it: ] [Length 5] [Gzip -] [Sent-to 10.0.0.1] "agent" "referrer"
void nginx_proxy_manager_reader::fill(std::string_view request, std::string_view behind) {
  record& hit = keeper_.hit();
  const std::size_t quote = request.find(" \"");
  if (quote != std::string_view::npos) {
    if (rules_.wanted.request) hit.path = request.substr(quote + 2);
    fill_words(request.substr(0, quote));
  }
  const std::size_t open = behind.find("] \"");
  if (!rules_.wanted.agent || open == std::string_view::npos) return;
  behind.remove_prefix(open + 3);
  hit.agent = behind.substr(0, behind.find('"'));
}

// From their end, as there may be several statuses of servers in front.
void nginx_proxy_manager_reader::fill_words(std::string_view words) {
  record& hit = keeper_.hit();
  const std::string_view host = take_last_word(words);
  static_cast<void>(take_last_word(words));  // The scheme.
  const std::string_view method = take_last_word(words);
  static_cast<void>(take_last_word(words));  // A dash.
  const std::string_view status = take_last_word(words);
  if (rules_.wanted.host) hit.host = host;
  if (rules_.wanted.request) hit.method = method;
  if (rules_.wanted.status) hit.status = status;
}

std::shared_ptr<const log_format> nginx_proxy_manager_format() {
  return std::make_shared<line_format<nginx_proxy_manager_reader>>("nginx_proxy_manager");
}

}  // namespace countips
