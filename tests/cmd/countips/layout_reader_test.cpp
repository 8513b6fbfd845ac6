// The reader of layouts against slow and obvious ones: a regular expression for each format, and
// the reader of the common log format.
#include "countips/formats/layout_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "cmd/countips/client_text.h"
#include "cmd/countips/hits.h"
#include "cmd/countips/nasty_log.h"
#include "countips/formats/clf.h"
#include "countips/formats/clf_layout_reader.h"
#include "countips/formats/text_format.h"
#include "countips/times/time_text.h"

namespace countips {
namespace {

std::shared_ptr<const text_format> format_of(const std::string& text) {
  auto format = compile_log_format(text);
  EXPECT_TRUE(format) << text;
  return *format;
}

std::vector<std::string_view> lines_of(std::string_view log) {
  std::vector<std::string_view> lines;
  for (std::size_t at = 0; at < log.size();) {
    const std::size_t end = std::min(log.find('\n', at), log.size());
    lines.push_back(log.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

const read_rules plain;

read_rules wanting_all() {
  read_rules rules;
  rules.wanted = {.clock = true, .status = true, .request = true, .agent = true, .host = true};
  return rules;
}

TEST(clf_layout_reader, accepts_what_the_clf_reader_accepts) {
  const auto format = format_of("combined");
  const read_rules rules = wanting_all();
  for (const std::uint64_t seed : {11, 12, 13}) {
    const std::string log = make_nasty_log(3000, seed);
    clf_reader fast(plain);
    clf_reader full(rules);
    clf_layout_reader reader(rules, format->lines());
    for (const std::string_view line : lines_of(log)) {
      const bool counts = fast.read(line) != line_kind::rejected;
      ASSERT_EQ(reader.read(line) == line_kind::request, counts) << line;
      static_cast<void>(full.read(line));
      if (!counts) {
        ASSERT_EQ(reader.why(), fast.why()) << line;
        continue;
      }
      ASSERT_EQ(reader.last().who, fast.last().who) << line;
      ASSERT_EQ(reader.last().time, full.last().time) << line;
    }
  }
}

// What a line of one of these formats is made of.
const std::vector<std::string> users = {"-", "-", "bob", "J Q Public", "a[b", "x\"y", "\xff", ""};
const std::vector<std::string> dates = {"09/Jun/2024:10:00:00 +0200", "09/Jun/2024:23:59:60 -0330",
                                        "29/Feb/2023:10:00:00 +0000", "10/Jun/2024:10:00:00 +0200",
                                        "09/Jun/2024:24:00:00 +0200", "09/Jun/2024:10:00:00",
                                        "9/Jun/2024:10:00:00 +0200",  "09/Jun/2024:10:00:01 +0200",
                                        "09/Jun/2024:10:59:59 +0200", "09/Jun/2024:10:30:60 +0200"};
const std::vector<std::string> peers = {
    "192.0.2.1",        "192.0.2.1", "192.0.2.1", "2001:db8::1", "2001:DB8:0::1",
    "::ffff:192.0.2.1", "-",         "",          "192.0.2.300", "203.0.113.77"};
const std::vector<std::string> requests = {
    "GET / HTTP/1.1",     "", "-", "\\x16\\x03", "GET /\\\"x", "a [01/Jan/2020:00:00:00 +0000] b",
    std::string(900, 'x')};

class line_maker {
 public:
  explicit line_maker(std::uint64_t seed) : random_(seed) {}

  // A text with pieces in place of U, D, P and R.
  std::string make(const std::string& shape) {
    std::string line;
    for (const char c : shape) {
      if (c == 'U')
        line += pick(users);
      else if (c == 'D')
        line += pick(dates);
      else if (c == 'P')
        line += pick(peers);
      else if (c == 'R')
        line += pick(requests);
      else
        line += c;
    }
    if (below(10) == 0) line.resize(below(line.size() + 1));
    if (below(10) == 0 && !line.empty()) line[below(std::min<std::size_t>(line.size(), 70))] = ' ';
    return line;
  }

 private:
  std::size_t below(std::size_t n) { return random_() % n; }
  const std::string& pick(const std::vector<std::string>& from) { return from[below(from.size())]; }

  std::mt19937_64 random_;
};

struct slow_case {
  std::string format;
  std::string shape;
  std::string pattern;  // Groups 1 and 2 are client and time, or the other way round.
  bool time_first = false;
  bool has_short_cut = false;
};

const std::string time_pattern_text =
    R"((\d\d/[A-Za-z]{3}/\d{4}[: ]\d\d:\d\d:\d\d(?: [-+]\d{4})?))";

// Whether a word of it is an address, as is the second half of a damaged "::ffff:192.0.2.1".
bool names_another(const std::string& text) {
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    if (address_client(word)) return true;
  }
  return false;
}

// nullopt if the line is not of the pattern, or one of the two is not valid.
std::optional<hit> read_slowly(const std::string& line, const slow_case& c, const std::regex& regex,
                               const client_rules& rules) {
  std::smatch found;
  if (!std::regex_search(line, found, regex)) return std::nullopt;
  std::string time_text = found[c.time_first ? 1 : 2].str();
  time_text[clf_date_length] = ':';
  const auto time = parse_clf_time(time_text);
  const std::string who = found[c.time_first ? 2 : 1].str();
  const auto client = find_client(who, rules);
  if (!time || !client) return std::nullopt;
  if (!c.time_first && names_another({found[1].second, found[2].first})) return std::nullopt;
  return hit{time->date.text(), text_of(*client)};
}

TEST(layout_reader, agrees_with_regular_expressions) {
  const slow_case cases[] = {
      {"$host $remote_addr - $remote_user [$time_local] \"$request\" $status",
       "www.example.com P - U [D] \"R\" 200",
       "^ *\\S* +(\\S+)(?: [^]*?)? \\[" + time_pattern_text + "\\](?: \"|$| $)", false, true},
      {"%v:%p %h - %u %t \"%r\" %>s", "www.example.com:443 P - U [D] \"R\" 200",
       "^ *[^: ]*:\\S* +(\\S+)(?: [^]*?)? \\[" + time_pattern_text + "\\](?: \"|$| $)", false,
       true},
      {"%t [%v:%p] [client %h] \"%r\" %>s", "[D] [www.example.com:443] [client P] \"R\" 200",
       "^ *\\[" + time_pattern_text + R"(\] \[[^]*?\] \[client *(\S+) *\](?: "| ?$))", true, true},
      {"%u|%h|%t|%r", "U|P|[D]|R", "^[^]*\\|([^|]*)\\|\\[" + time_pattern_text + "\\](?:\\||$)"},
  };
  read_rules rules;
  rules.clients.hosts = client_rules::host_names::reject;
  for (const slow_case& c : cases) {
    SCOPED_TRACE(c.format);
    const auto format = format_of(c.format);
    const std::regex regex(c.pattern, std::regex::optimize);
    line_maker maker(5);
    layout_reader reader(rules, format->lines());
    std::vector<std::string> lines(6'000);
    for (std::string& line : lines) line = maker.make(c.shape);
    hit last;
    std::size_t hits = 0;
    std::size_t usual = 0;
    for (const std::string& line : lines) {
      const auto want = read_slowly(line, c, regex, rules.clients);
      const line_kind kind = reader.read(line);
      ASSERT_EQ(kind != line_kind::rejected, want.has_value()) << line;
      if (!want) continue;
      ++hits;
      if (kind == line_kind::same_day) {
        ++usual;
        ASSERT_EQ(last.day, want->day) << line;
      }
      if (kind != line_kind::repeated) {
        last = {reader.last().time.date.text(), text_of(reader.last().who)};
      }
      ASSERT_EQ(last, *want) << line;
    }
    EXPECT_GT(hits, 600U);
    EXPECT_EQ(usual > 10, c.has_short_cut) << usual;
  }
}

// Whatever was read before, a line means the same.
TEST(layout_reader, reads_each_line_the_same_after_any_other) {
  read_rules of_last;
  of_last.clients.which = client_rules::pick::last;
  for (const std::string text :
       {"$host $remote_addr - $remote_user [$time_local] \"$request\"",
        "$remote_user $remote_addr $time_iso8601 \"$request\"",
        "$remote_addr - $remote_user [$time_iso8601] \"$request\" $status",
        "$msec $remote_addr $request", "%{%d/%b/%Y:%T}t %h %{%z}t",
        "$remote_addr:$remote_port - $remote_user [$time_local] $status", "%h %v %u %t \"%r\"",
        "[$time_local] $host $remote_addr $status", "%t [%v:%p] [client %h] \"%r\""}) {
    const auto format = format_of(text);
    const std::vector<std::string> lines = {
        "h 192.0.2.1 - - [09/Jun/2024:10:00:00 +0200] \"GET /a/page HTTP/1.1",
        "h 192.0.2.1 - - [09/Jun/2024:25:00:00 +0200] \"GET /a/page HTTP/1.1",
        "h 192.0.2.1 - - [32/Jun/2024:10:00:00 +0200] \"GET /a/page HTTP/1.1",
        "h 192.0.2.1 - - [10/Jun/2024:10:00:00 +0200] \"GET /a/page HTTP/1.1",
        "192.0.2.1 - - [2024-06-09T10:00:00Z] \"GET / HTTP/1.1",
        "192.0.2.2 - - [2024-06-09T10:59:59Z] \"GET / HTTP/1.1",
        "2001:db8::1 - - [2024-06-09T10:01:60Z] \"GET / HTTP/1",
        "192.0.2.2 - - [2024-06-09T10:60:00Z] \"GET / HTTP/1.1",
        "192.0.2.2 - - [2024-06-09T10:00:61Z] \"GET / HTTP/1.1",
        "192.0.2.2 - - [2024-06-09T10:00:00+02:00] \"GET / HTTP",
        "192.0.2.2 - - [2024-06-09T10:00:00.25Z] \"GET / HTTP/1",
        "192.0.2.2 - - [2024-06-10T10:00:00Z] \"GET / HTTP/1.1",
        "192.0.2.2 - bob [2024-06-09T10:00:00Z] \"GET / HTTP/1",
        "192.0.2.2, 10.0.0.1 - - [2024-06-09T10:00:00Z] \"GET /",
        "192.0.2.2 - - [2024-06-09T10:00:00Z",
        "host.example.net - - [2024-06-09T10:00:00Z] \"GET /",
        "- 192.0.2.1 2024-06-09T10:00:00Z \"GET /a/long/page HTTP/1.1",
        "- 192.0.2.1 2024-06-09T10:00:00+02:00 \"GET /a/long/page HTTP/1.1",
        "- 192.0.2.1 2024-06-09T10:61:00Z \"GET /a/long/page HTTP/1.1",
        "- 192.0.2.1 2024-06-10T10:00:00Z \"GET /a/long/page HTTP/1.1",
        "- - 2024-06-10T10:00:00Z \"",
        "1717927200.123 192.0.2.1 x",
        "1717927200.123 2001:db8::1 x",
        "1717927 192.0.2.1 x",
        "192.0.2.3:4001 - - [09/Jun/2024:10:00:00 +0200] \"GET /a/page HTTP/1.1",
        "192.0.2.4:50002 - - [09/Jun/2024:10:00:01 +0200] \"GET /a/page HTTP/1.1",
        "192.0.2.4 - - [09/Jun/2024:10:00:01 +0200] \"GET /a/page/and/more HTTP/1.1",
        "192.0.2.4: - - [09/Jun/2024:10:00:01 +0200] \"GET /a/page/and/more HTTP/1.1",
        "192.0.2.4:50002, 10.0.0.1:1 - - [09/Jun/2024:10:00:01 +0200] \"GET /a/page",
        "2001:db8::1:4001 - - [09/Jun/2024:10:00:00 +0200] \"GET /a/page HTTP/1.1",
        "192.0.2.1 www.example.com - [09/Jun/2024:10:00:00 +0200] \"GET /a/page HTTP",
        "2001:db8::2 www.example.com - [09/Jun/2024:10:00:00 +0200] \"GET /a/page HTTP",
        "192.0.2.1 www.example.com , 10.0.0.2 [09/Jun/2024:10:00:00 +0200] \"GET /a HTTP",
        "192.0.2.2 , 10.0.0.2 [09/Jun/2024:10:00:00 +0200] \"GET /a/page HTTP/1.1",
        "host.example.com www.example.com - [09/Jun/2024:10:00:00 +0200] \"GET /a HTTP",
        "192.0.2.1 www.example.com 192.0.2.9 [09/Jun/2024:10:00:00 +0200] \"GET /a HTTP",
        "[09/Jun/2024:10:00:00 +0200] www.example.com 192.0.2.1 200 and what is behind it, long "
        "enough",
        "[09/Jun/2024:10:00:01 +0200] www.example.com 2001:db8::1 200 and what is behind it, long "
        "enough",
        "[09/Jun/2024:10:00:01 +0200] www.example.com 192.0.2.1 , 10.0.0.1 and what is behind it, "
        "long "
        "enough",
        "[09/Jun/2024:10:00:01 +0200] www.example.com 192.0.2.1x 200 and what is behind it, long",
        "[09/Jun/2024:10:00:61 +0200] www.example.com 192.0.2.1 200 and what is behind it, long "
        "enough",
        "[10/Jun/2024:10:00:00 +0200] www.example.com 192.0.2.1 200 and what is behind it, long "
        "enough",
        "[09/Jun/2024:10:00:00 +0200] [www.example.com:443] [client 192.0.2.1] \"GET /a/page",
        "[09/Jun/2024:10:10:00 +0200] [www.example.com:443] [client 2001:db8::1] \"GET /a/page",
        "[09/Jun/2024:10:10:00 +0200] [www.example.com:443] [client 192.0.2.1, 10.0.0.1] \"GET "
        "/a/page/of/length",
        "[09/Jun/2024:10:10:00 +0200] [www.example.com:443] [client host.example.net] \"GET /a/p",
        "[09/Jun/2024:10:10:00 +0200] [www.example.com:443] [client 192.0.2.300] \"GET /a/p",
        "09/Jun/2024:10:00:00 192.0.2.1 +0200",
        "09/Jun/2024:10:00:61 192.0.2.1 +0200"};
    for (const std::string& before : lines) {
      for (const std::string& line : lines) {
        SCOPED_TRACE(before + "\n" + line);
        layout_reader reader(of_last, format->lines());
        const line_kind first = reader.read(before);
        const record was = reader.last();
        const line_kind kind = reader.read(line);
        const auto alone = hit_of(line, *format, of_last);
        ASSERT_EQ(kind != line_kind::rejected, alone.has_value());
        if (!alone) continue;
        ASSERT_TRUE(kind == line_kind::request || first == line_kind::request);
        if (kind == line_kind::same_day) {
          ASSERT_EQ(was.time.date.text(), alone->day);
        }
        const record& said = kind == line_kind::repeated ? was : reader.last();
        EXPECT_EQ((hit{said.time.date.text(), text_of(said.who)}), *alone);
      }
    }
  }
}

// Where what follows a time could be more of it, or a word in front may have times in it, lines of
// the same beginning may differ.
TEST(layout_reader, is_not_misled_by_the_line_before) {
  const std::string request = "\"GET /a/page/of/some/length HTTP/1.1\"";
  const std::string old = "-2024-06-01T00:00:00Z|";
  struct pair_of_lines {
    std::string format, one, other;
  };
  const pair_of_lines cases[] = {
      {"$remote_addr - $time_iso8601,$upstream_response_time,$status,\"$request\"",
       "192.0.2.1 - 2024-06-09T10:00:00,-,200," + request,
       "192.0.2.2 - 2024-06-09T10:00:01,0.005,200," + request},
      {"$remote_addr - $time_iso8601-$connection \"$request\"",
       "192.0.2.1 - 2024-06-09T10:00:00-x " + request,
       "192.0.2.2 - 2024-06-09T10:00:01-12 " + request},
      {"$remote_addr - $time_iso8601 $connection \"$request\"",
       "192.0.2.1 - 2024-06-09T10:00:00 x " + request,
       "192.0.2.2 - 2024-06-09T10:00:01 +0200] " + request},
      {"$remote_addr - $time_local $status \"$request\"",
       "192.0.2.1 - 09/Jun/2024:10:00:00 200 " + request,
       "192.0.2.2 - 09/Jun/2024:10:00:01 +0200] " + request},
      {"$host $remote_addr $remote_user-$time_iso8601|$status \"$request\"",
       "h 192.0.2.1 --2024-06-09T10:00:00Z|200 " + request,
       "h" + old + old + old + old + " 192.0.2.2 --2024-06-09T10:00:00Z|200 " + request},
  };
  for (const pair_of_lines& c : cases) {
    const auto format = format_of(c.format);
    for (const auto& [before, line] : {std::pair(c.one, c.other), std::pair(c.other, c.one)}) {
      SCOPED_TRACE(before + "\n" + line);
      layout_reader reader(plain, format->lines());
      static_cast<void>(reader.read(before));
      EXPECT_EQ(reader.read(line) != line_kind::rejected, hit_of(line, *format).has_value());
    }
  }
}

TEST(layout_reader, tells_when_client_and_day_repeat) {
  struct repeat_case {
    std::string format, first, second;
    line_kind want;
  };
  const std::string head = "h 192.0.2.1 - - [";
  const std::string host = "$host $remote_addr - $remote_user [$time_local] \"$request\"";
  const std::string june = " - - [09/Jun/2024:10:00:00 +0200] \"GET /a/page HTTP/1.1\" 200 5";
  const std::string july = " - - [09/Jul/2024:10:00:00 +0200] \"GET /a/page HTTP/1.1\" 200 5";
  const std::string iso = "$remote_addr $time_iso8601 $request";
  const std::string usual = "$remote_addr - $remote_user [$time_iso8601] \"$request\"";
  const auto at = [](const std::string& clock) {
    return " - - [2024-06-09T" + clock + "+02:00] \"GET /a/page HTTP/1.1\" 200 5";
  };
  const repeat_case cases[] = {
      {host, head + "09/Jun/2024:10:00:00 +0200] \"a", head + "09/Jun/2024:10:00:01 +0300] \"b",
       line_kind::repeated},
      {host, head + "09/Jun/2024:10:00:00 +0200] \"a", head + "10/Jun/2024:10:00:01 +0300] \"b",
       line_kind::request},
      {host, head + "09/Jun/2024:10:00:00 +0200] \"a", head + "09/Jun/2024:10:00:01 +03",
       line_kind::rejected},
      {host, "a 192.0.2.1" + june, "a 192.0.2.1" + june, line_kind::repeated},
      {host, "a 192.0.2.1" + june, "bc 192.0.2.1" + june, line_kind::same_day},
      {host, "a 192.0.2.1" + june, "a 2001:db8::1" + june, line_kind::same_day},
      {host, "a 192.0.2.1" + june, "a 192.0.2.2" + july, line_kind::request},
      {host, "a 192.0.2.1" + june, "a bob.example.com" + june, line_kind::request},
      {host, "a 192.0.2.1" + june, "a 192.0.2.1, 192.0.2.2" + june, line_kind::request},
      {usual, "192.0.2.1" + at("10:00:00"), "192.0.2.22" + at("10:59:59"), line_kind::same_day},
      {usual, "192.0.2.1" + at("10:00:00"), "2001:db8::1" + at("10:01:02"), line_kind::same_day},
      {usual, "192.0.2.1" + at("10:00:00"), "192.0.2.22" + at("11:00:00"), line_kind::request},
      {usual, "192.0.2.1" + at("10:00:00"), "192.0.2.22" + at("10:60:00"), line_kind::rejected},
      {usual, "192.0.2.1" + at("10:00:00"), "192.0.2.22" + at("10:00:61"), line_kind::rejected},
      {usual, "192.0.2.1" + at("10:00:00"), "bob.test" + at("10:00:00"), line_kind::request},
      {iso, "192.0.2.1 2024-06-09T10:00:00Z x", "192.0.2.1 2024-06-09T11:00:00Z y",
       line_kind::repeated},
      {iso, "192.0.2.1 2024-06-09T10:00:00Z x", "192.0.2.1 2024-06-09T11:00:00",
       line_kind::rejected},
  };
  for (const repeat_case& c : cases) {
    SCOPED_TRACE(c.second);
    layout_reader reader(plain, format_of(c.format)->lines());
    ASSERT_EQ(reader.read(c.first), line_kind::request);
    EXPECT_EQ(reader.read(c.second), c.want);
  }
}

// A line full of times is not read again and again.
TEST(layout_reader, takes_a_client_behind_the_time_if_it_is_not_cut_off) {
  const auto format = format_of(R"([%t] [client %h] [server %v] "%r")");
  const std::pair<std::string, bool> cases[] = {
      {"192.0.2.1] [server a] \"GET", true},
      {"192.0.2.1] [server a", true},
      {"192.0.2.1] [ser", true},
      {"192.0.2.1] ", true},
      {"192.0.2.1]", true},
      {"192.0.2.1", false},
      {"192.0.2", false},
      {"", false},
      {"]", false},
  };
  for (const auto& [rest, counts] : cases) {
    SCOPED_TRACE(rest);
    const auto found = hit_of("[[09/Jun/2024:10:00:00 +0200]] [client " + rest, *format);
    EXPECT_EQ(found.has_value(), counts);
    if (found) {
      EXPECT_EQ(found->client, "192.0.2.1");
    }
  }
}

TEST(layout_reader, gives_up_on_lines_full_of_times) {
  std::string line;
  for (int i = 0; i < 30'000; ++i) line += " [09/Jun/2024:10:00:00 +0200] ";
  layout_reader reader(plain, format_of("%v:%p %h %l %u %t \"%r\"")->lines());
  EXPECT_EQ(reader.read(line), line_kind::rejected);
}

}  // namespace
}  // namespace countips
