#include "countips/formats/clf.h"

#include <gtest/gtest.h>

#include <list>
#include <set>
#include <string>
#include <vector>

#include "cmd/countips/nasty_log.h"
#include "cmd/countips/oracle.h"

namespace countips {
namespace {

struct line_case {
  std::string name;
  std::string line;
  std::string client;  // As an address or a name; empty: the line is rejected.
  std::string day = "2024-06-09";
};

const read_rules plain;
const std::string time_field = " [09/Jun/2024:10:00:00 +0200]";
const std::string rest = " \"GET / HTTP/1.1\" 200 5 \"-\" \"curl/8.5.0\"";

const std::vector<line_case> good = {
    {"common", "192.0.2.1 - -" + time_field + " \"GET / HTTP/1.0\" 200 5", "192.0.2.1"},
    {"combined", "192.0.2.1 - -" + time_field + rest, "192.0.2.1"},
    {"fields behind", "192.0.2.1 - -" + time_field + rest + " \"-\" 0.012 abc", "192.0.2.1"},
    {"nothing behind", "192.0.2.1 - -" + time_field, "192.0.2.1"},
    {"IPv6", "2001:db8::1 - -" + time_field + rest, "2001:db8::1"},
    {"IPv6 spelt out", "2001:DB8:0:0:0:0:0:1 - -" + time_field + rest, "2001:db8::1"},
    {"mapped IPv4", "::ffff:192.0.2.1 - -" + time_field + rest, "192.0.2.1"},
    {"IPv6 zone", "fe80::1%eth0 - -" + time_field + rest, "fe80::1"},
    {"host name", "host.example.net - -" + time_field + rest, "host.example.net"},
    {"host name like IPv4", "192.0.2.1.isp.test - -" + time_field + rest, "192.0.2.1.isp.test"},
    {"anonymised", "192.0.2.xxx - -" + time_field + rest, "192.0.2.xxx"},
    {"user", "192.0.2.1 - bob" + time_field + rest, "192.0.2.1"},
    {"user with blanks", "192.0.2.1 - J Q Public" + time_field + rest, "192.0.2.1"},
    {"user of a host name", "host - J Q Public" + time_field + rest, "host"},
    {"user with a bracket", "192.0.2.1 - [x] [y" + time_field + rest, "192.0.2.1"},
    {"user with a quote", "192.0.2.1 - b\"b" + time_field + rest, "192.0.2.1"},
    {"ident", "192.0.2.1 ident bob" + time_field + rest, "192.0.2.1"},
    {"no ident, no user", "192.0.2.1" + time_field + rest, "192.0.2.1"},
    {"list", "192.0.2.1, 10.0.0.1 - -" + time_field + rest, "192.0.2.1"},
    {"list without blanks", "192.0.2.1,10.0.0.1,10.0.0.2 - -" + time_field + rest, "192.0.2.1"},
    {"list of names", "unknown, 192.0.2.1 - -" + time_field + rest, "unknown"},
    {"quoted list", "\"192.0.2.1, 10.0.0.1\" - -" + time_field + rest, "192.0.2.1"},
    {"empty first entry", ", 192.0.2.1 - -" + time_field + rest, "192.0.2.1"},
    {"dash for a first entry", "-, 192.0.2.1 - -" + time_field + rest, "192.0.2.1"},
    {"dashes for entries", "-,- , 192.0.2.1, 10.0.0.1 - -" + time_field + rest, "192.0.2.1"},
    {"port", "192.0.2.1:58430 - -" + time_field + rest, "192.0.2.1"},
    {"port and user", "192.0.2.1:58430 - J Q Public" + time_field + rest, "192.0.2.1"},
    {"brackets", "[2001:DB8::1] - -" + time_field + rest, "2001:db8::1"},
    {"brackets and port", "[2001:db8::1]:443 - bob" + time_field + rest, "2001:db8::1"},
    {"mapped in brackets", "[::ffff:192.0.2.1]:443 - -" + time_field + rest, "192.0.2.1"},
    {"port without brackets", "1:2:3:4:5:6:7:8:443 - -" + time_field + rest, "1:2:3:4:5:6:7:8"},
    {"list in brackets", "[2001:db8::1]:1, 10.0.0.1 - -" + time_field + rest, "2001:db8::1"},
    {"list with ports", "192.0.2.1:1 , 10.0.0.1:2 - -" + time_field + rest, "192.0.2.1"},
    {"stray quote", "\"192.0.2.1 - -" + time_field + rest + "\"\"", "192.0.2.1"},
    {"blank in front", " \t192.0.2.1 - -" + time_field + rest, "192.0.2.1"},
    {"empty request", "192.0.2.1 - -" + time_field + " \"\" 400 0 \"-\" \"-\"", "192.0.2.1"},
    {"dash request", "192.0.2.1 - -" + time_field + " \"-\" 408 -", "192.0.2.1"},
    {"TLS hello", "192.0.2.1 - -" + time_field + " \"\\x16\\x03\\x01\" 400 226", "192.0.2.1"},
    {"raw bytes", "192.0.2.1 - -" + time_field + " \"\x16\x03\xff\xfe\xc0\" 400", "192.0.2.1"},
    {"NUL", "192.0.2.1 - -" + time_field + std::string(" \"\0\0\"", 5), "192.0.2.1"},
    {"open quote", "192.0.2.1 - -" + time_field + " \"GET / HTTP/1.1", "192.0.2.1"},
    {"CR", "192.0.2.1 - -" + time_field + rest + "\r", "192.0.2.1"},
    {"long", "192.0.2.1 - -" + time_field + " \"" + std::string(8192, 'x'), "192.0.2.1"},
    {"second time", "192.0.2.1 - -" + time_field + " [01/Jan/1999:00:00:00 +0000]", "192.0.2.1"},
    {"leap second", "192.0.2.1 - - [31/Dec/2016:23:59:60 +0000] x", "192.0.2.1", "2016-12-31"},
    {"leap day", "192.0.2.1 - - [29/Feb/2024:00:00:00 +0000] x", "192.0.2.1", "2024-02-29"},
    {"no zone", "192.0.2.1 - - [09/Jun/2024:10:00:00]" + rest, "192.0.2.1"},
    {"no zone in its place", "192.0.2.1 - - - [09/Jun/2024:10:00:00 ] x.test" + rest, "192.0.2.1"},
    {"blank before the clock", "192.0.2.1 - - [09/Jun/2024 10:00:00]" + rest, "192.0.2.1"},
    {"fraction", "192.0.2.1 - - [09/Jun/2024:10:00:00.123 +0200]" + rest, "192.0.2.1"},
    {"fraction and no zone", "192.0.2.1 - - [09/Jun/2024:10:00:00,5]" + rest, "192.0.2.1"},
    {"nothing behind no zone", "192.0.2.1 - - [09/Jun/2024:10:00:00]", "192.0.2.1"},
    {"western zone", "192.0.2.1 - - [01/Jan/2024:00:00:00 -0930] x", "192.0.2.1", "2024-01-01"},
};

const std::vector<line_case> rejected = {
    {"empty", "", ""},
    {"comment", "# comment", ""},
    {"torn", " \"curl/7.54.0\"", ""},
    {"no time", "192.0.2.1 - - \"GET / HTTP/1.1\" 200 5", ""},
    {"time first", time_field.substr(1) + " 192.0.2.1 - -" + rest, ""},
    {"time cut off", "192.0.2.1 - - [09/Jun/2024:10:00:00 +020", ""},
    {"no blank before the time", "192.0.2.1 - -" + time_field.substr(1), ""},
    {"day 32", "192.0.2.1 - - [32/Jan/2024:10:00:00 +0200]", ""},
    {"day 0", "192.0.2.1 - - [00/Jan/2024:10:00:00 +0200]", ""},
    {"no leap year", "192.0.2.1 - - [29/Feb/2023:10:00:00 +0200]", ""},
    {"no month", "192.0.2.1 - - [09/Foo/2024:10:00:00 +0200]", ""},
    {"NUL for a date",
     "192.0.2.1 - - " + std::string(clf_date_size, '\0') + time_field.substr(1 + clf_date_size) +
         rest,
     ""},
    {"between months", "192.0.2.1 - - [09/anF/2024:10:00:00 +0200]", ""},
    {"hour 24", "192.0.2.1 - - [09/Jun/2024:24:00:00 +0200]", ""},
    {"minute 60", "192.0.2.1 - - [09/Jun/2024:10:60:00 +0200]", ""},
    {"second 61", "192.0.2.1 - - [09/Jun/2024:10:00:61 +0200]", ""},
    {"hour 24 without a zone", "192.0.2.1 - - [09/Jun/2024:24:00:00]", ""},
    {"day 32 without a zone", "192.0.2.1 - - [32/Jun/2024:10:00:00 ]", ""},
    {"no bracket behind", "192.0.2.1 - - [09/Jun/2024:10:00:00 \"GET / HTTP/1.1\" 200 5", ""},
    {"no digits in the fraction", "192.0.2.1 - - [09/Jun/2024:10:00:00. +0200]", ""},
    {"two blanks before the clock", "192.0.2.1 - - [09/Jun/2024  10:00:00]", ""},
    {"no such zone", "192.0.2.1 - - [09/Jun/2024:10:00:00 +0260]", ""},
    {"wrong time, then another", "192.0.2.1 - - [32/Jan/2024:10:00:00 +0200]" + time_field, ""},
    {"no client", " - -" + time_field + rest, ""},
    {"dash for a client", "- - -" + time_field + rest, ""},
    {"nothing before the time", time_field + rest, ""},
    {"list of nobody", "-, - - -" + time_field + rest, ""},
    {"prose", "Server was restarted by admin" + time_field + rest, ""},
    {"a program and its line", "web1 app 12" + time_field + rest, ""},
    {"port before an address", "192.0.2.1:80 192.0.2.2 - -" + time_field + rest, ""},
    {"port before a host name", "192.0.2.1:80 host - -" + time_field + rest, ""},
    {"port and nothing more", "192.0.2.1:80" + time_field + rest, ""},
    {"port of a host name", "host:80 - -" + time_field + rest, ""},
    {"brackets before brackets", "[::1]:80 [2001:db8::1] - -" + time_field + rest, ""},
    {"brackets around no address", "[host] - -" + time_field + rest, ""},
    {"brackets that do not close", "[::1 - -" + time_field + rest, ""},
    {"virtual host", "www.example.org 192.0.2.1 - -" + time_field + rest, ""},
    {"virtual host with port", "www.example.org:443 192.0.2.1 - -" + time_field + rest, ""},
    {"syslog", "Jun  9 10:00:00 web1 nginx: 192.0.2.1 - -" + time_field + rest, ""},
    {"CRI", "2024-06-09T10:00:00+02:00 stdout F 192.0.2.1 - -" + time_field + rest, ""},
    {"docker", "{\"log\":\"192.0.2.1 - -" + time_field + rest + "\"}", ""},
    {"S3", "79a59df900b949e5 bucket [09/Jun/2024:10:00:00 +0000] 192.0.2.1 79a59df9 x", ""},
    {"HAProxy and IPv6", "2001:db8::1:5843 [09/Jun/2024:10:00:00.123] main main/srv 0/0", ""},
    {"no zone, no ident, no user", "192.0.2.1 [09/Jun/2024:10:00:00]" + rest, ""},
    {"HAProxy", "192.0.2.1:58430 [09/Jun/2024:10:00:00.123] main main/srv 0/0/0/0/0 200", ""},
};

// The client that a canonical address or a name stands for; the text must outlive it.
client client_named(std::string_view text) {
  return address_client(text).value_or(client(text));
}

TEST(clf_line, gives_client_and_day) {
  for (const line_case& c : good) {
    SCOPED_TRACE(c.name);
    clf_reader reader(plain);
    ASSERT_EQ(reader.read(c.line), line_kind::request);
    EXPECT_EQ(reader.last().who, client_named(c.client));
    EXPECT_EQ(reader.last().time.date.text(), c.day);
    EXPECT_EQ(oracle_read(c.line), (oracle_hit{c.day, c.client}));
  }
}

TEST(clf_line, is_rejected_without_client_or_valid_time) {
  for (const line_case& c : rejected) {
    SCOPED_TRACE(c.name);
    clf_reader reader(plain);
    EXPECT_EQ(reader.read(c.line), line_kind::rejected);
    EXPECT_NE(reader.why(), reject_reason::none);
    EXPECT_EQ(oracle_read(c.line), std::nullopt);
  }
}

TEST(clf_line, gives_what_is_wanted_besides) {
  struct tail_case {
    std::string tail;
    std::string method, path, status, agent;
  };
  const tail_case cases[] = {
      {rest, "GET", "/", "200", "curl/8.5.0"},
      {" \"GET /a b?c HTTP/1.1\" 200 5", "GET", "/a b?c", "200", ""},
      {" \"GET /old\" 200 5", "GET", "/old", "200", ""},
      {" \"\" 400 0 \"-\" \"-\"", "", "", "400", "-"},
      {" \"\\x16\\x03\" 400 226 \"-\" \"-\" \"-\"", "", "", "400", "-"},
      {R"( "GET /\"x HTTP/1.1" 404 5 "r" "a \"b\" c" z)", "GET", R"(/\"x)", "404", R"(a \"b\" c)"},
      {" \"GET /open HTTP/1.1", "GET", "/open", "", ""},
      {"", "", "", "", ""},
  };
  read_rules rules;
  rules.wanted = {.clock = true, .status = true, .request = true, .agent = true};
  clf_reader reader(rules);
  std::list<std::string> lines;  // They stay where they are.
  for (const tail_case& c : cases) {
    SCOPED_TRACE(c.tail);
    lines.push_back("192.0.2.1 - - [09/Jun/2024:10:02:03 -0130]" + c.tail);
    ASSERT_EQ(reader.read(lines.back()), line_kind::request);
    const record& last = reader.last();
    EXPECT_EQ(last.time.second, 10u * 3600 + 2 * 60 + 3);
    EXPECT_EQ(last.time.offset, -5400);
    EXPECT_TRUE(last.time.has_offset);
    EXPECT_EQ(last.method, c.method);
    EXPECT_EQ(last.path, c.path);
    EXPECT_EQ(last.status, c.status);
    EXPECT_EQ(last.agent, c.agent);
  }
}

TEST(clf_line, tells_clock_and_zone_in_its_own_way) {
  struct clock_case {
    std::string time;
    std::uint32_t second;
    std::optional<std::int32_t> offset;
  };
  const clock_case cases[] = {
      {":10:02:03]", 36123, std::nullopt},    {":10:02:03 ]", 36123, std::nullopt},
      {" 10:02:03]", 36123, std::nullopt},    {":10:02:03.999]", 36123, std::nullopt},
      {":10:02:03.999 -0130]", 36123, -5400}, {" 10:02:03 +0200]", 36123, 7200},
      {":10:02:03+0200]", 36123, 7200},       {":23:59:60]", 86399, std::nullopt},
  };
  read_rules rules;
  rules.wanted = {.clock = true, .status = true, .request = true, .agent = true};
  for (const clock_case& c : cases) {
    SCOPED_TRACE(c.time);
    clf_reader reader(rules);
    const std::string usual = "192.0.2.1 - - [09/Jun/2024:00:00:00 +0100]" + rest;
    const std::string line = "192.0.2.1 - - [09/Jun/2024" + c.time + rest;
    for (const std::string& before : {usual, line}) {
      ASSERT_EQ(reader.read(before), line_kind::request);
      ASSERT_EQ(reader.read(line), line_kind::request);
      const record& last = reader.last();
      EXPECT_EQ(last.time.second, c.second);
      EXPECT_EQ(last.time.has_offset, c.offset.has_value());
      EXPECT_EQ(last.time.offset, c.offset.value_or(0));
      EXPECT_EQ(last.method, "GET");
      EXPECT_EQ(last.status, "200");
      EXPECT_EQ(last.agent, "curl/8.5.0");
    }
  }
}

// Whatever was read before, a line means the same: the short cuts change nothing.
TEST(clf_reader, reads_each_line_the_same_after_any_other) {
  std::vector<line_case> all = good;
  all.insert(all.end(), rejected.begin(), rejected.end());
  for (const line_case& before : good) {
    for (const line_case& c : all) {
      SCOPED_TRACE(before.name + ", then " + c.name);
      clf_reader reader(plain);
      ASSERT_EQ(reader.read(before.line), line_kind::request);
      const line_kind kind = reader.read(c.line);
      ASSERT_EQ(kind != line_kind::rejected, !c.client.empty());
      if (kind == line_kind::rejected) continue;
      EXPECT_EQ(reader.last().who, client_named(c.client));
      EXPECT_EQ(reader.last().time.date.text(), c.day);
    }
  }
}

TEST(clf_reader, reads_users_the_same_after_any_other) {
  const std::string when = " [09/Jun/2024:10:00:00 +0200] \"GET /a/page/of/some/length HTTP/1.1\"";
  const std::string next = " [10/Jun/2024:10:00:00 +0200] \"GET /a/page/of/some/length HTTP/1.1\"";
  const std::string no_time = " [09/Jun/2024:10:60:00 +0200] \"GET /a/page/of/some/length\"";
  read_rules of_last;
  of_last.clients.which = client_rules::pick::last;
  std::vector<std::string> lines;
  for (const std::string who : {"192.0.2.1", "2001:db8::1", "host.example.net", "192.0.2.1x"}) {
    for (const std::string user :
         {" - -", " - frank", " - J. R. [dev] Smith", " , 10.0.0.1 - -", ", 10.0.0.1 - -",
          "  - frank", " - x [09/Jun/2024:", " -[", ""}) {
      for (const std::string& behind : {when, next, no_time}) {
        std::string line = who;
        lines.push_back(line.append(user).append(behind));
      }
    }
  }
  for (const std::string& before : lines) {
    for (const std::string& line : lines) {
      SCOPED_TRACE(before + "\n" + line);
      clf_reader alone(of_last);
      clf_reader reader(of_last);
      static_cast<void>(reader.read(before));
      const bool is_hit = alone.read(line) != line_kind::rejected;
      ASSERT_EQ(reader.read(line) != line_kind::rejected, is_hit);
      if (!is_hit) continue;
      EXPECT_EQ(reader.last().who, alone.last().who);
      EXPECT_EQ(reader.last().time.date, alone.last().time.date);
      EXPECT_EQ(reader.time_end(), alone.time_end());
    }
  }
}

TEST(clf_reader, tells_when_client_and_day_repeat) {
  clf_reader reader(plain);
  const std::string one = "192.0.2.1 - - [09/Jun/2024:10:00:00 +0200] \"GET /\"";
  const std::string later = "192.0.2.1 - - [09/Jun/2024:10:00:01 +0200] \"GET /\"";
  const std::string other = "2001:db8::1 - - [09/Jun/2024:10:00:00 +0200] \"GET /\"";
  const std::string next_day = "192.0.2.1 - - [10/Jun/2024:00:00:00 +0200] \"GET /\"";
  EXPECT_EQ(reader.read(one), line_kind::request);
  EXPECT_EQ(reader.read(later), line_kind::repeated);
  EXPECT_EQ(reader.read("192.0.2.1 - - [09/Jun/2024:25:00:01 +0200] \"GET /\""),
            line_kind::rejected);
  EXPECT_EQ(reader.read(one), line_kind::same_day);
  EXPECT_EQ(reader.last().who, client_named("192.0.2.1"));
  EXPECT_EQ(reader.read(other), line_kind::same_day);
  EXPECT_EQ(reader.last().who, client_named("2001:db8::1"));
  EXPECT_EQ(reader.read(next_day), line_kind::request);
  EXPECT_EQ(reader.read(other), line_kind::request);
}

TEST(clf_reader, agrees_with_the_oracle_on_every_line_of_nasty_logs) {
  for (const std::uint64_t seed : {1, 2, 3}) {
    const std::string log = make_nasty_log(3000, seed);
    clf_reader reader(plain);
    for (std::size_t at = 0; at < log.size();) {
      const std::size_t end = std::min(log.find('\n', at), log.size());
      const std::string_view line = std::string_view(log).substr(at, end - at);
      const line_kind kind = reader.read(line);
      const std::optional<oracle_hit> want = oracle_read(std::string(line));
      ASSERT_EQ(kind != line_kind::rejected, want.has_value()) << line;
      if (want) {
        EXPECT_EQ(reader.last().time.date.text(), want->day) << line;
        EXPECT_EQ(reader.last().who, client_named(want->client)) << line;
      }
      at = end + 1;
    }
  }
}

}  // namespace
}  // namespace countips
