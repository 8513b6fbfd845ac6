#include "countips/formats/prefixes.h"

#include <gtest/gtest.h>

#include <optional>
#include <random>
#include <regex>
#include <set>
#include <string>

namespace countips {
namespace {

struct prefix_case {
  std::string line;
  std::optional<line_prefix> prefix;
  std::string rest = {};
};

using enum line_prefix;

const prefix_case cases[] = {
    {"2024-06-09T10:00:00+02:00 stdout F x y", cri, "x y"},
    {"2024-06-09T10:00:00.123456789Z stderr P {\"a\":1}", cri, "{\"a\":1}"},
    {"2024-06-09T10:00:00Z stdout F:tag  x", cri, " x"},
    {"2024-06-09T10:00:00Z stdout F", cri, ""},
    {"2024-06-09T10:00:00Z stdout F ", cri, ""},
    {"2024-06-09T10:00:00Z stdout G x", timestamp, "stdout G x"},
    {"2024-06-09T10:00:00Z stdin F x", timestamp, "stdin F x"},
    {"2024-06-09 10:00:00 stdout F x", {}},

    {"<190>1 2024-06-09T10:00:00Z web1 nginx 12 ID47 - x y", rfc5424, "x y"},
    {"1 2024-06-09T10:00:00.123+02:00 web1 nginx - - - x", rfc5424, "x"},
    {"<13>1 - - - - - - x", rfc5424, "x"},
    {"<13>1 - - - - - [a@1 b=\"] \\\" \" c=\"\\\\\"][d] x", rfc5424, "x"},
    {"<13>1 - - - - - - \xef\xbb\xbfx", rfc5424, "x"},
    {"<13>1 - - - - - -", rfc5424, ""},
    {"<13>1 - - - - - [a", {}},
    {"<13>1 - - - - - [a b=\"]", {}},
    {"<13>1 - - - - - -x", {}},
    {"<13>1 - - - x", {}},
    {"<13>2 - - - - - - x", {}},
    {"<1333>1 - - - - - - x", {}},
    {"<13 1 - - - - - - x", {}},

    {"Jun  9 10:00:00 web1 nginx: x y", syslog, "x y"},
    {"<190>Jun 19 10:00:00 web1 nginx[12]: x", syslog, "x"},
    {"Jun 09 2024 10:00:00 web1 nginx:  x", syslog, "x"},
    {"Jun  9 10:00:00.123456 web1 nginx: x", syslog, "x"},
    {"<190>Jun  9 10:00:00 nginx: x", syslog, "x"},
    {"2024-06-09T10:00:00.123456+02:00 web1 docker/web[1]: x", syslog, "x"},
    {"2024-06-09T10:00:00+0200 web1 (app)[12]: x", syslog, "x"},
    {"1717920000.123456 web1 nginx[12]: x", syslog, "x"},
    {"Jun  9 10:00:00 web1 nginx: ", syslog, ""},
    {"Jun  9 10:00:00 web1 nginx x", {}},
    {"Jun  9 10:00 web1 nginx: x", {}},
    {"Jup  9 10:00:00 web1 nginx: x", {}},
    {"Jun  9 10:00:00", {}},

    {"web-1  | x | y", compose, "x | y"},
    {"caddy | x", compose, "x"},
    {"app_web.1 |", compose, ""},
    {"\x1b[36mweb-1  | \x1b[0mx", compose, "x"},
    {"\x1b[1;33mweb-1  |\x1b[0m x", compose, "x"},
    {"\x1b[36mweb-1\x1b[0m  | x", compose, "x"},
    {"\x1b[36 web-1  | x", {}},
    {"\x1b[36", {}},
    {"web-1| x", {}},
    {" | x", {}},
    {"web |x", {}},
    {"a b | x", {}},

    {R"({"log":"x \"y\"\n","stream":"stdout","time":"2024-06-09T08:00:00.5Z"})", docker, "x \"y\""},
    {R"({"log":"a\u00e9\n","stream":"stderr","attrs":{"tag":"t"},"time":"t"})", docker, "a\u00e9"},
    {R"({"log":"{\"a\":\"\\u0026\"}\n","stream":"stdout"})", docker, R"({"a":"\u0026"})"},
    {R"({"stream":"stdout","log":"x"})", docker, "x"},
    {R"({"log":"x\ny\n","stream":"stdout"})", docker, "x y"},
    {R"({"log":"x\n"})", {}},
    {R"({"log":{"level":"x"},"stream":"stdout"})", {}},
    {R"({"log":"x\n","stre)", {}},

    {R"({"__REALTIME_TIMESTAMP":"1717920000000000","MESSAGE":"x y","PRIORITY":"6"})", journal,
     "x y"},
    {R"({"MESSAGE":[120, 32,255],"__REALTIME_TIMESTAMP":"1"})", journal, "x \xff"},
    {R"({"MESSAGE":[120,256],"__REALTIME_TIMESTAMP":"1"})", {}},
    {R"({"MESSAGE":[120,"y"],"__REALTIME_TIMESTAMP":"1"})", {}},
    {R"({"MESSAGE":null,"__REALTIME_TIMESTAMP":"1"})", {}},
    {R"({"@timestamp":"2024-06-09T08:00:00Z","message":"x y"})", message, "x y"},
    {R"({"message":{"a":"b"}})", {}},

    {"2024-06-09T10:00:00.123456789Z x y", timestamp, "x y"},
    {"2024-06-09T10:00:00+02:00 x", timestamp, "x"},
    {"2024-06-09T10:00:00Z ", timestamp, ""},
    {"2024-06-09T10:00:00Z stdout", timestamp, "stdout"},
    {"2024-06-09T10:00:00 x", {}},
    {"2024-06-09T10:00:00Zx y", {}},
    {"2024-06-09T10:00:00Z", {}},

    {"", {}},
    {" ", {}},
    {"{}", {}},
    {"192.0.2.1 - - [09/Jun/2024:10:00:00 +0200] \"GET / HTTP/1.1\" 200 5", {}},
    {"1717920000.322 4 192.0.2.1 TCP_MISS/200 1661 GET http://example.com/ - NONE/- text", {}},
};

TEST(prefixes, are_recognised_and_stripped) {
  for (const prefix_case& c : cases) {
    SCOPED_TRACE(c.line);
    EXPECT_EQ(find_prefix(c.line), c.prefix);
    if (!c.prefix) continue;
    prefix_stripper stripper(*c.prefix);
    EXPECT_EQ(stripper.strip(c.line), c.rest);
    EXPECT_EQ(stripper.strip(c.line), c.rest);
  }
}

TEST(prefixes, are_seen_within_others) {
  const std::string line = R"({"log":"Jun  9 10:00:00 web1 nginx: x\n","stream":"stdout"})";
  prefix_stripper outer(docker);
  EXPECT_EQ(find_prefix(*outer.strip(line)), syslog);
}

TEST(prefixes, have_names_of_their_own) {
  std::set<std::string_view> names;
  for (const line_prefix each : prefixes()) names.insert(name_of(each));
  EXPECT_EQ(names.size(), prefixes().size());
  EXPECT_FALSE(names.contains(""));
}

// The slow and obvious way. Times are of any shape, since their readers have tests of their own.
std::optional<std::string> strip_slowly(line_prefix prefix, const std::string& line) {
  static const std::string iso =
      R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d+)?(?:[Zz]|[+-]\d\d(?::?\d\d)?)?)";
  static const std::regex cri_line("^" + iso + R"( std(?:out|err) [FP](?::[^ ]*)?(?: ([^]*))?$)");
  static const std::string colours = R"((?:\x1b\[[0-9;]*m)*)";
  static const std::regex compose_line("^" + colours + "[A-Za-z0-9_.-]+" + colours + " +" +
                                       colours + "\\|" + colours + "(?: " + colours + "([^]*))?$");
  static const std::regex rfc5424_line(
      "^(?:<\\d{1,3}>)?1 (?:-|" + iso +
      R"() [^ ]+ [^ ]+ [^ ]+ [^ ]+ (?:-|(?:\[(?:\\[^]|"(?:\\[^]|[^"\\])*"|[^"\]\\])*\])+)(?: (?:\xef\xbb\xbf)?([^]*))?$)");
  static const std::regex timestamp_line(
      R"(^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d+)?(?:[Zz]|[+-]\d\d(?::?\d\d)?) ([^]*)$)");
  const std::regex& shape = prefix == cri         ? cri_line
                            : prefix == compose   ? compose_line
                            : prefix == timestamp ? timestamp_line
                                                  : rfc5424_line;
  std::smatch found;
  if (!std::regex_match(line, found, shape)) return std::nullopt;
  return found[1].str();
}

TEST(prefixes, agree_with_regular_expressions_on_damaged_lines) {
  std::mt19937_64 random(1);
  constexpr std::string_view pieces[] = {" ", "|", ":", "\"", "\\", "[",
                                         "]", "F", "-", "1",  "x",  "\xff"};
  std::size_t stripped = 0;
  for (int i = 0; i < 20000; ++i) {
    const prefix_case& c = cases[random() % std::size(cases)];
    std::string line = c.line;
    for (auto changes = random() % 4; changes > 0 && !line.empty(); --changes) {
      const std::size_t at = random() % line.size();
      if (random() % 2 == 0) {
        line.erase(at, 1);
      } else {
        line.insert(at, pieces[random() % std::size(pieces)]);
      }
    }
    for (const line_prefix prefix : {cri, compose, rfc5424, timestamp}) {
      SCOPED_TRACE(line);
      const auto got = prefix_stripper(prefix).strip(line);
      stripped += got ? 1 : 0;
      ASSERT_EQ(got ? std::optional<std::string>(*got) : std::nullopt, strip_slowly(prefix, line));
    }
  }
  EXPECT_GT(stripped, 1500u);
}

// Whatever was stripped before, a prefix is the same.
TEST(prefixes, are_stripped_the_same_after_any_other) {
  const std::string lines[] = {
      "Jun  9 10:00:00 web1 nginx: 192.0.2.1 - - [09/Jun/2024:10:00:00 +0200]",
      "Jun  9 10:59:59 web1 nginx: 192.0.2.1 - - [09/Jun/2024:10:59:59 +0200]",
      "Jun  9 10:00:60 web1 nginx: 192.0.2.1 - - [09/Jun/2024:10:00:60 +0200]",
      "Jun  9 10:00:61 web1 nginx: 192.0.2.1 - - [09/Jun/2024:10:00:60 +0200]",
      "Jun  9 11:00:00 web1 nginx: 192.0.2.1 - - [09/Jun/2024:11:00:00 +0200]",
      "Jun  9 10:00:00 web1 nginx:   192.0.2.1 - - [09/Jun/2024:10:00:00 +0200]",
      "Jun  9 10:00:00 web1 nginx: \xef\xbb\xbf"
      "192.0.2.1 - - [09/Jun/2024:10:00:00 +0200]",
      "Jun  9 10:00:00 web1 nginx: ",
      "Jun  9 10:00:00 web1 nginx: x",
      "<190>1 2024-06-09T10:00:00Z web1 app 12 - - 192.0.2.1 - - [09/Jun/2024:10:00:00 +0200]",
      "<190>1 2024-06-09T10:00:59Z web1 app 12 - - 192.0.2.1 - - [09/Jun/2024:10:00:00 +0200]",
      "<190>1 2024-06-09T10:60:00Z web1 app 12 - - 192.0.2.1 - - [09/Jun/2024:10:00:00 +0200]",
      "<190>1 2024-06-09T10:00:59Z web1 app 12 - - \xef\xbb\xbf"
      "192.0.2.1 - - [09/Jun/2024:10:0",
      "<190>1 2024-06-09T10:00:59Z web1 app 12 - - \xef\xbb\xbf"
      "192.0.2.2 - - [09/Jun/2024:10:0",
      "<190>1 2024-06-09T10:00:59Z web1 app 12 - -  192.0.2.2 - - [09/Jun/2024:10:00:00 +0200]",
      "2024-06-09T10:00:00.5+02:00 stdout F 192.0.2.1 - - [09/Jun/2024:10:00:00 +0200] \"GET /",
      "2024-06-09T10:00:01.6+02:00 stdout F 192.0.2.2 - - [09/Jun/2024:10:00:00 +0200] \"GET /",
      "2024-06-09T10:00:01.61+02:00 stdout F 192.0.2.2 - - [09/Jun/2024:10:00:00 +0200] \"GET ",
      "2024-06-09T10:00:01.6+02:00 stdout P 192.0.2.2 - - [09/Jun/2024:10:00:00 +0200] \"GET /",
      "2024-06-09T10:00:01.6+02:00 stdout F  192.0.2.2 - - [09/Jun/2024:10:00:00 +0200] \"GET ",
      "web-1  | 192.0.2.1 - - [09/Jun/2024:10:00:00 +0200] \"GET / HTTP/1.1\" 200 5",
      "web-1  |",
      "web-1  |192.0.2.1 - - [09/Jun/2024:10:00:00 +0200] \"GET / HTTP/1.1\" 200 5",
      "web-1  |  192.0.2.1 - - [09/Jun/2024:10:00:00 +0200] \"GET / HTTP/1.1\" 200 5",
      "web-2  | 192.0.2.1 - - [09/Jun/2024:10:00:00 +0200] \"GET / HTTP/1.1\" 200 5"};
  for (const line_prefix prefix : {cri, rfc5424, syslog, compose, timestamp}) {
    for (const std::string& before : lines) {
      for (const std::string& line : lines) {
        SCOPED_TRACE(before + "\n" + line);
        prefix_stripper remembering(prefix);
        static_cast<void>(remembering.strip(before));
        prefix_stripper fresh(prefix);
        EXPECT_EQ(remembering.strip(line), fresh.strip(line));
      }
    }
  }
}

}  // namespace
}  // namespace countips
