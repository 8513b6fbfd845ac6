#include "countips/formats/fixed_layouts.h"

#include <gtest/gtest.h>

#include "cmd/countips/format_reading.h"
#include "countips/formats/delimited.h"

namespace countips {
namespace {

const read_rules all_rules = rules_for_all();

line_reading request(std::string who, std::string day, std::uint32_t second, std::string offset,
                     std::string status, std::string method, std::string path,
                     std::string agent = {}, std::string host = {}) {
  return {
      line_kind::request, reject_reason::none, std::move(who),    std::move(day),  second,
      std::move(offset),  std::move(status),   std::move(method), std::move(path), std::move(agent),
      std::move(host)};
}

line_reading other() {
  line_reading line;
  line.kind = line_kind::other;
  return line;
}

line_reading rejected(reject_reason why) {
  line_reading line;
  line.why = why;
  return line;
}

struct line_case {
  const char* name;
  std::string line;
  line_reading want;
};

template <std::size_t N>
void expect_readings(const field_layout& layout, const line_case (&cases)[N],
                     const read_rules& rules = all_rules) {
  for (const line_case& before : cases) {  // Whatever was read before changes nothing.
    for (const line_case& c : cases) {
      SCOPED_TRACE(std::string(before.name) + ", then " + c.name);
      delimited_reader reader(rules, layout);
      static_cast<void>(reader.read(before.line));
      EXPECT_EQ(read_with(reader, c.line), c.want);
    }
  }
}

const std::string alb_head = "https 2024-06-09T10:00:01.186641Z app/web/490d68ed ";
const std::string alb_tail = " 10.0.0.1:80 0.086 0.048 0.037 200 200 0 57 ";

TEST(alb_layout, reads_client_time_and_request) {
  const line_case cases[] = {
      {"plain",
       alb_head + "192.0.2.1:44740" + alb_tail +
           R"("GET https://www.example.com:443/a?b=1 HTTP/1.1" "curl/8.5" TLS TLSv1.2 - "x")",
       request("192.0.2.1", "2024-06-09", 36001, "0", "200", "GET", "/a?b=1", "curl/8.5",
               "www.example.com")},
      {"no target",
       alb_head + R"(192.0.2.1:44740 - -1 -1 -1 404 - 204 167 "GET https://h.example.com:443/ )" +
           R"(HTTP/1.1" "a \"b\" c" -)",
       request("192.0.2.1", "2024-06-09", 36001, "0", "404", "GET", "/", R"(a \"b\" c)",
               "h.example.com")},
      {"IPv6 in brackets", alb_head + "[2001:db8::1]:44740" + alb_tail + R"("- - -" "-")",
       request("2001:db8::1", "2024-06-09", 36001, "0", "200", "-", "- -", "-")},
      {"IPv6 whose port looks like a group", alb_head + "2001:db8::1:4474" + alb_tail + "\"\"",
       request("2001:db8::1", "2024-06-09", 36001, "0", "200", "", "")},
      {"open quote", alb_head + "192.0.2.1:1" + alb_tail + "\"GET http://h.example.com",
       request("192.0.2.1", "2024-06-09", 36001, "0", "200", "GET", "", "", "h.example.com")},
      {"cut off behind the client", alb_head + "192.0.2.1:1",
       request("192.0.2.1", "2024-06-09", 36001, "0", "", "", "")},
      {"CR", "h2 2024-06-09T10:00:01Z x 192.0.2.1:1\r",
       request("192.0.2.1", "2024-06-09", 36001, "0", "", "", "")},
      {"no such time", "http 2024-06-31T10:00:01Z app/w 192.0.2.1:1" + alb_tail,
       rejected(reject_reason::no_time)},
      {"no client", "http 2024-06-09T10:00:01Z app/w -" + alb_tail,
       rejected(reject_reason::no_client)},
      {"another first word", "tls 2024-06-09T10:00:01Z net/w 192.0.2.1:1" + alb_tail,
       rejected(reject_reason::shape)},
      {"cut off before the client", "http 2024-06-09T10:00:01Z app/w",
       rejected(reject_reason::shape)},
      {"empty", "", rejected(reject_reason::shape)},
  };
  expect_readings(alb_layout(), cases);
}

TEST(elb_layout, tells_requests_from_connections) {
  const std::string head = "2024-06-09T10:00:01.943958Z balancer 192.0.2.1:2817 10.0.0.1:80 ";
  const line_case cases[] = {
      {"HTTP",
       head + R"(0.1 0.2 0.3 200 201 0 57 "POST http://example.com:80/x HTTP/1.1" "a b" - -)",
       request("192.0.2.1", "2024-06-09", 36001, "0", "200", "POST", "/x", "a b", "example.com")},
      {"TCP", head + R"(0.1 0.2 0.3 - - 82 305 "- - - " "-" - -)", other()},
      {"TCP at no time",
       R"(2024-06-09T10:60:01Z b 192.0.2.1:1 - 0.1 0.2 0.3 - - 82 305 "- - - " "-" - -)",
       rejected(reject_reason::no_time)},
      {"cut off before the request", head + "0.1 0.2 0.3 200", rejected(reject_reason::shape)},
  };
  expect_readings(elb_layout(), cases);
}

TEST(s3_layout, reads_the_client_behind_the_time) {
  const std::string head = "79a59df9 bucket [09/Jun/2024:10:00:01 +0000] ";
  const line_case cases[] = {
      {"get",
       head +
           R"(192.0.2.1 arn:aws:iam::1:user/x 3E57 REST.GET.OBJECT a%20b "GET /a%20b HTTP/1.1" )" +
           R"(200 - 113 - 7 - "-" "S3Console/0.4" - id= SigV4 c h b.s3.example.com TLSv1.2)",
       request("192.0.2.1", "2024-06-09", 36001, "0", "200", "GET", "/a%20b", "S3Console/0.4",
               "b.s3.example.com")},
      {"no request line", head + R"(192.0.2.1 - 3E57 BATCH.DELETE.OBJECT k - 204 - - 1 - - - - -)",
       request("192.0.2.1", "2024-06-09", 36001, "0", "204", "", "", "-")},
      {"lifecycle", head + "- - 3E57 S3.EXPIRE.OBJECT k \"-\" - - - 1 - - \"-\" \"-\"", other()},
      {"dash at no time", "a b - -", rejected(reject_reason::no_time)},
      {"host name", head + "host.example.com - 3E57",
       request("host.example.com", "2024-06-09", 36001, "0", "", "", "")},
      {"no client but a word", head + "\"GET / HTTP/1.1\" 200", rejected(reject_reason::shape)},
      {"cut off", "79a59df9 bucket [09/Jun/2024:10:00:01 +0000]", rejected(reject_reason::shape)},
  };
  expect_readings(s3_layout(), cases);
}

TEST(squid_layout, reads_seconds_and_runs_of_blanks) {
  const line_case cases[] = {
      {"get",
       "1717927201.481    123 192.0.2.1 TCP_MISS/200 1661 GET http://example.com/a b - X/- t",
       request("192.0.2.1", "2024-06-09", 36001, "0", "200", "GET", "/a", "", "example.com")},
      {"connect", "1717927201.481 1 192.0.2.1 TCP_TUNNEL/200 1 CONNECT example.com:443 - X/- -",
       request("192.0.2.1", "2024-06-09", 36001, "0", "200", "CONNECT", "example.com:443", "",
               "example.com")},
      {"IPv6 host", "1717927201.481 1 2001:DB8::1 TCP_HIT/304 1 GET http://[2001:db8::2]:80/ - -",
       request("2001:db8::1", "2024-06-09", 36001, "0", "304", "GET", "/", "", "[2001:db8::2]")},
      {"nothing sent", "1717927201.481 0 192.0.2.1 NONE_NONE/000 0 - error:transaction-end - -",
       request("192.0.2.1", "2024-06-09", 36001, "0", "000", "-", "error:transaction-end")},
      {"no cache status", "1717927201.481 0 192.0.2.1 200 0 GET /", rejected(reject_reason::shape)},
      {"dash", "1717927201.481 0 - TCP_MISS/200 0 GET /", rejected(reject_reason::no_client)},
      {"no time", "17179x7201.481 0 192.0.2.1 TCP_MISS/200 0 GET /",
       rejected(reject_reason::no_time)},
  };
  expect_readings(squid_layout(), cases);
}

TEST(envoy_layout, takes_the_forwarded_client) {
  const std::string time = "[2024-06-09T10:00:01.310Z] ";
  const line_case cases[] = {
      {"get",
       time + R"("POST /api HTTP/2" 204 - 154 0 226 100 "192.0.2.1, 10.0.0.1" "nsq2http" "id" )" +
           R"("example.com" "tcp://10.0.2.1:80")",
       request("192.0.2.1", "2024-06-09", 36001, "0", "204", "POST", "/api", "nsq2http",
               "example.com")},
      {"quotes in the path",
       time + R"("GET /" x" HTTP/1.1" 0 DC 0 0 0 - "192.0.2.1" "a" "b" "c" -)",
       request("192.0.2.1", "2024-06-09", 36001, "0", "0", "GET", "/\" x\"", "a", "c")},
      {"TCP", time + R"("- - -" 0 - 1 2 3 - "-" "-" "-" "-" "10.0.0.1:3306")", other()},
      {"no forwarded client", time + R"("GET / HTTP/1.1" 200 - 0 0 0 - "-" "a" "b" "c" "d")",
       rejected(reject_reason::no_client)},
      {"more columns than the names of clients stand for",
       time + R"("GET / HTTP/1.1" 200 - via_upstream - "-" 0 5 1 1 "-" "a" "b" "c" "d" e f g h i)",
       rejected(reject_reason::shape)},
      {"no request", time + "GET / 200", rejected(reject_reason::shape)},
  };
  expect_readings(envoy_layout(), cases);
}

const std::string istio_line =
    R"([2024-06-09T10:00:01.310Z] "GET / HTTP/1.1" 200 - via_upstream - "-" 0 5 1 1 )"
    R"("198.51.100.7" "curl" "id" "example.com" "10.0.0.1:80" out 10.0.0.2:1 10.0.0.3:80 )"
    R"(192.0.2.1:5000 - default)";

TEST(istio_layout, takes_the_peer) {
  const line_case cases[] = {
      {"get", istio_line,
       request("192.0.2.1", "2024-06-09", 36001, "0", "200", "GET", "/", "curl", "example.com")},
      {"one column more", istio_line + " x", rejected(reject_reason::shape)},
      {"one column less", istio_line.substr(0, istio_line.rfind(' ')),
       rejected(reject_reason::shape)},
  };
  expect_readings(istio_layout(), cases);
}

TEST(istio_layout, takes_the_forwarded_client_if_told_so) {
  read_rules rules;
  rules.forwarded = true;
  delimited_reader reader(rules, istio_layout());
  EXPECT_EQ(read_with(reader, istio_line).who, "198.51.100.7");
  std::string direct = istio_line;
  direct.replace(direct.find("198.51.100.7"), 12, "-");
  EXPECT_EQ(read_with(reader, direct).who, "192.0.2.1");
}

// A line that is rejected for its columns must not count as the one that the next repeats.
TEST(delimited_reader, repeats_only_what_was_counted) {
  const read_rules plain;
  delimited_reader reader(plain, istio_layout());
  EXPECT_EQ(reader.read(istio_line + " x"), line_kind::rejected);
  EXPECT_EQ(reader.read(istio_line), line_kind::request);
  EXPECT_EQ(reader.read(istio_line), line_kind::repeated);
  EXPECT_EQ(reader.read("x"), line_kind::rejected);
  EXPECT_EQ(reader.read(istio_line), line_kind::repeated);
  std::string next_day = istio_line;
  next_day.replace(next_day.find("-09T"), 4, "-10T");
  EXPECT_EQ(reader.read(next_day), line_kind::request);
}

TEST(delimited_reader, leaves_empty_what_is_not_wanted) {
  const read_rules plain;
  delimited_reader reader(plain, istio_layout());
  line_reading want = request("192.0.2.1", "2024-06-09", 0, "none", "", "", "");
  EXPECT_EQ(read_with(reader, istio_line), want);
}

}  // namespace
}  // namespace countips
