#include "countips/formats/haproxy.h"

#include <gtest/gtest.h>

#include <random>
#include <regex>

#include "cmd/countips/format_reading.h"

namespace countips {
namespace {

using mode = haproxy_reader::mode;

const read_rules all_rules = rules_for_all();
const read_rules plain;
const std::string time_field = " [09/Jun/2024:10:00:01.127] ";
const std::string http = "web~ app/node1 170/0/0/3/173 200 739 - - ---- 0/0/0/0/0 0/0 ";
const std::string tcp = "db pool/node1 0/0/5007 212 -- 0/0/0/0/3 0/0";

struct line_case {
  const char* name;
  std::string line;
  line_kind in_http, in_tcp;
  std::string who;
};

constexpr auto request = line_kind::request;
constexpr auto other = line_kind::other;
constexpr auto rejected = line_kind::rejected;

TEST(haproxy_reader, tells_requests_connections_and_messages) {
  const line_case cases[] = {
      {"request", "192.0.2.1:1" + time_field + http + "\"GET / HTTP/1.1\"", request, rejected,
       "192.0.2.1"},
      {"connection", "192.0.2.1:1" + time_field + tcp, other, request, "192.0.2.1"},
      {"bad request", "192.0.2.1:1" + time_field + "web web/<NOSRV> -1/-1/-1/-1/+0 400 0 \"<BAD",
       request, rejected, "192.0.2.1"},
      {"port behind IPv6", "2001:db8::1:5843" + time_field + http, request, rejected,
       "2001:db8::1"},
      {"mapped IPv4", "::ffff:192.0.2.1:58430" + time_field + http, request, rejected, "192.0.2.1"},
      {"syslog", "Jun  9 10:00:01 lb haproxy[7]: 192.0.2.1:5" + time_field + http, request,
       rejected, "192.0.2.1"},
      {"handshake", "192.0.2.1:1" + time_field + "web/1: SSL handshake failure", other, other, ""},
      {"start", "Proxy web started.", other, other, ""},
      {"start, in syslog", "Jun  9 10:00:01 lb haproxy[7]: Proxy web started.", other, other, ""},
      {"no such time", "192.0.2.1:1 [31/Jun/2024:10:00:01.127] " + http, rejected, rejected, ""},
      {"no fraction", "192.0.2.1:1 [09/Jun/2024:10:00:01] " + http, rejected, rejected, ""},
      {"no client", time_field + http, rejected, rejected, ""},
      {"something in front", "host 192.0.2.1:1" + time_field + http, rejected, rejected, ""},
      {"common log", "192.0.2.1 - - [09/Jun/2024:10:00:01 +0000] \"GET /\" 200 5", rejected,
       rejected, ""},
      {"other timers", "192.0.2.1:1" + time_field + "web app/n 1/2/3/4 200", rejected, rejected,
       ""},
      {"cut off", "192.0.2.1:1" + time_field + "web", rejected, rejected, ""},
      {"empty", "", rejected, rejected, ""},
  };
  for (const line_case& c : cases) {
    SCOPED_TRACE(c.name);
    haproxy_reader in_http(plain, mode::http);
    haproxy_reader in_tcp(plain, mode::tcp);
    const line_reading as_http = read_with(in_http, c.line);
    const line_reading as_tcp = read_with(in_tcp, c.line);
    EXPECT_EQ(as_http.kind, c.in_http);
    EXPECT_EQ(as_tcp.kind, c.in_tcp);
    if (c.in_http == request) {
      EXPECT_EQ(as_http.who, c.who);
    }
    if (c.in_tcp == request) {
      EXPECT_EQ(as_tcp.who, c.who);
    }
  }
}

TEST(haproxy_reader, gives_what_is_wanted_besides) {
  haproxy_reader reader(all_rules, mode::http);
  const line_reading got =
      read_with(reader, "192.0.2.1:1" + time_field + http + "{a b|c} {} \"GET /x?y HTTP/1.1\"\r");
  const line_reading want = {line_kind::request,
                             reject_reason::none,
                             "192.0.2.1",
                             "2024-06-09",
                             36001,
                             "none",
                             "200",
                             "GET",
                             "/x?y",
                             "",
                             ""};
  EXPECT_EQ(got, want);
}

// The same by a regular expression.
line_kind slow_kind(const std::string& line) {
  static const std::regex shape(
      R"(^([^ ]+) \[(\d\d)/Jun/2024:(\d\d):(\d\d):(\d\d)\.\d{3}\] +([^ ]+)(?: +([^ ]+) +([-+/\d]+)(?= |$))?)");
  std::smatch found;
  if (!std::regex_search(line, found, shape)) return rejected;
  const auto number = [&](std::size_t i) { return std::stoi(found[i].str()); };
  if (number(2) < 1 || number(2) > 30 || number(3) > 23 || number(4) > 59 || number(5) > 60) {
    return rejected;
  }
  if (found[6].str().ends_with(':')) return other;
  const std::string server = found[7].str();
  const std::string timers = found[8].str();
  if (server.find('/') == std::string::npos) return rejected;
  const auto slashes = std::count(timers.begin(), timers.end(), '/');
  if (slashes == 2) return other;
  if (slashes != 4) return rejected;
  static const std::regex address(R"(^\d{1,3}\.0\.2\.1(:\d{1,5})?$)");
  return std::regex_match(found[1].str(), address) ? request : rejected;
}

TEST(haproxy_reader, agrees_with_a_regular_expression) {
  const std::vector<std::vector<std::string>> pieces = {
      {"192.0.2.1:1", "192.0.2.1", "192.0.2.1:65535", "-", "a,b"},
      {" "},
      {"[09/Jun/2024:10:00:01.127]", "[00/Jun/2024:10:00:01.127]", "[09/Jun/2024:24:00:01.127]",
       "[09/Jun/2024:10:00:60.127]", "[09/Jun/2024:10:00:01.12]", "[09-Jun-2024:10:00:01.127]"},
      {" ", " ", "  "},
      {"web~", "web/1:", "web"},
      {" "},
      {"app/n", "app", "app/<NOSRV>"},
      {" ", "   "},
      {"1/2/3/4/5", "1/2/3", "-1/-1/-1/-1/+7", "1/2/3/4", "1/x/3"},
      {"", " 200 5 \"GET /\"", " "},
  };
  std::mt19937 random(3);
  haproxy_reader reader(plain, mode::http);
  for (int i = 0; i < 20000; ++i) {
    std::string line;
    for (const auto& choices : pieces) line += choices[random() % choices.size()];
    line_kind kind = reader.read(line);
    if (kind == line_kind::repeated) kind = request;
    ASSERT_EQ(kind, slow_kind(line)) << line;
  }
}

}  // namespace
}  // namespace countips
