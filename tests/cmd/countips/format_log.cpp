#include "cmd/countips/format_log.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <stdexcept>
#include <utility>

#include "cmd/countips/format_rows.h"

namespace countips {

namespace {

std::string two(int number) {
  return std::to_string(1000 + number).substr(2);
}

std::string month_name(int month) {
  const std::string names = "JanFebMarAprMayJunJulAugSepOctNovDec";
  return names.substr(static_cast<std::size_t>(month - 1) * 3, 3);
}

std::string clock_of(const made_time& at) {
  return two(at.hour) + ":" + two(at.minute) + ":" + two(at.second);
}

std::string day_of(const made_time& at) {
  return std::to_string(at.year) + "-" + two(at.month) + "-" + two(at.day);
}

std::string clf_day(const made_time& at) {
  return two(at.day) + "/" + month_name(at.month) + "/" + std::to_string(at.year);
}

std::string epoch_of(const made_time& at) {
  using namespace std::chrono;
  const sys_days first{year(at.year) / at.month / 1};
  const auto then = first + days(at.day - 1) + hours(at.hour) + minutes(at.minute);
  return std::to_string((then.time_since_epoch() + seconds(at.second)).count());
}

std::string ctime_of(const made_time& at) {
  const std::string day = std::to_string(100 + at.day).substr(1);
  return "Sun " + month_name(at.month) + " " + (day[0] == '0' ? " " + day.substr(1) : day) + " " +
         clock_of(at) + " " + std::to_string(at.year);
}

std::string without_brackets(std::string peer) {
  std::erase_if(peer, [](char c) { return c == '[' || c == ']'; });
  return peer;
}

bool has_name(const std::string& clients) {
  return clients.ends_with(".test") || clients.ends_with(".net");
}

std::string first_of_list(const std::string& list) {
  return list.substr(0, list.find(','));
}

// The word of so many of the request line, in which there may be fewer.
std::string word_of(const std::string& request, std::size_t number) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < number; ++i) {
    at = request.find(' ', at);
    if (at == std::string::npos) return "-";
    ++at;
  }
  return request.substr(at, request.find(' ', at) - at);
}

// As IIS logs it: without blanks, and with any quotes that it has in front and inside.
std::string raw_query(const made_request& of) {
  std::string query = word_of(of.request, 1);
  query.erase(0, query.starts_with('/') ? 1 : 0);
  std::ranges::replace(query, '\t', '+');
  return query.empty() ? "-" : query;
}

std::string time_value(const std::string& name, const made_time& at) {
  if (name == "clf") return clf_day(at) + ":" + clock_of(at) + " " + at.offset;
  if (name == "haproxy") return clf_day(at) + ":" + clock_of(at) + ".123";
  if (name == "isoz") return day_of(at) + "T" + clock_of(at) + ".310Z";
  if (name == "iso") {
    return day_of(at) + "T" + clock_of(at) + at.offset.substr(0, 3) + ":" + at.offset.substr(3);
  }
  if (name == "day") return day_of(at);
  if (name == "clock") return clock_of(at);
  if (name == "epoch") return epoch_of(at);
  return name == "ctime" ? ctime_of(at) : "<" + name + ">";
}

std::string value_of(const std::string& name, const made_request& of, line_escape escape) {
  if (name == "client") return of.client;
  if (name == "address") return has_name(of.client) ? "192.0.2.9" : of.client;
  if (name == "ip") return first_of_list(value_of("address", of, escape));
  if (name == "one") return first_of_list(of.client);
  if (name == "word") return escape(first_of_list(of.client));
  if (name == "peer") return of.peer;
  if (name == "colon peer") return without_brackets(of.peer);
  if (name == "list") return "203.0.113.99, 10.1.2.3";
  if (name == "user") return escape(of.user);
  if (name == "request") return escape(of.request);
  if (name == "method") return escape(word_of(of.request, 0));
  if (name == "path") return escape(word_of(of.request, 1));
  if (name == "raw query") return raw_query(of);
  if (name == "agent") return escape(of.agent);
  if (name == "status") return of.status;
  if (name == "host") return of.time.day % 2 == 0 ? "www.example.com" : "shop.example.com";
  return time_value(name, of.time);
}

const std::vector<std::string> others = {
    "",
    " \t",
    "\r",
    "# a comment",
    "\"Mozilla/5.0 torn off a line before\"",
    " \"curl/8.5.0\"",
    "PHP Notice:  Undefined index: id in /srv/www/a.php on line 7",
    "2024/06/09 10:00:00 [error] 31#31: *46 open() failed, client: 192.0.2.1, server: a, request: "
    "\"GET / HTTP/1.1\"",
    "Jun  9 10:00:00 web1 sshd[7]: Accepted publickey for root from 192.0.2.1 port 50000",
    R"({"level":"info","ts":1710020000.31,"msg":"serving initial configuration"})",
    R"({"time":"2024-06-09T10:00:00Z","level":"info","msg":"signed in","ip":"192.0.2.77"})",
    R"({"@timestamp":"2024-06-09T10:00:00Z","client":"192.0.2.77","user":"bob","level":"warn"})",
    "time:2024-06-09T10:00:00Z\tlevel:info\thost:192.0.2.77\tmessage:signed in",
    R"({"version":6,"nginx_version":"1.9.4","address":"192.0.2.1","connections":{"accepted":7}})",
    "[Sun Jun 09 10:00:00.000001 2024] [core:error] [pid 7] [client 192.0.2.1:5] AH00037: no"};

std::size_t row_named(std::string_view name) {
  const auto found = std::ranges::find(format_rows(), name, &format_row::name);
  if (found == format_rows().end()) throw std::invalid_argument(std::string(name));
  return static_cast<std::size_t>(found - format_rows().begin());
}

}  // namespace

std::vector<std::string> made_formats() {
  std::vector<std::string> names;
  for (const format_row& each : format_rows()) names.push_back(each.name);
  return names;
}

format_writer::format_writer(std::string_view format, std::uint64_t seed)
    : row_(row_named(format)), make_(seed) {}

std::string format_writer::fill(std::string_view text) {
  const made_request made = make_.next();
  std::string line;
  while (!text.empty()) {
    const std::size_t open = std::min(text.find('<'), text.size());
    line += text.substr(0, open);
    text.remove_prefix(open);
    const std::size_t close = text.find('>');
    if (text.empty() || close == std::string_view::npos) break;
    line += value_of(std::string(text.substr(1, close - 1)), made, format_rows()[row_].escape);
    text.remove_prefix(close + 1);
  }
  return line + std::string(text);
}

std::string format_writer::request() {
  const format_row& of = format_rows()[row_];
  std::string header;
  if (of.headers.empty()) {
    variant_ = make_.below(of.texts.size());
  } else if (!std::exchange(has_header_, true) || make_.one_in(10)) {
    variant_ = make_.below(of.texts.size());
    header = of.headers[variant_];
  }
  return header + fill(of.texts[variant_]) + (make_.one_in(20) ? "\r\n" : "\n");
}

std::string format_writer::other() {
  if (make_.one_in(3)) {
    std::string little = torn();
    little.resize(std::min<std::size_t>(little.size() - 1, make_.below(12)));
    return little + "\n";
  }
  return make_.pick(others) + "\n";
}

std::string format_writer::torn() {
  const std::string whole = fill(format_rows()[row_].texts[variant_]);
  return whole.substr(0, make_.below(whole.size())) + "\n";
}

std::string format_writer::any() {
  const bool needs_header = !has_header_ && !format_rows()[row_].headers.empty();
  if (needs_header || !make_.one_in(6)) return request();
  return make_.one_in(2) ? torn() : other();
}

std::string make_format_log(std::string_view format, std::size_t lines, std::uint64_t seed) {
  format_writer writer(format, seed);
  std::string log;
  for (std::size_t i = 0; i < lines; ++i) log += writer.any();
  if (seed % 2 == 1) log.pop_back();
  return log;
}

}  // namespace countips
