#include "countips/formats/request_keeper.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <iterator>
#include <random>
#include <string>

#include "cmd/countips/client_text.h"
#include "cmd/countips/format_reading.h"

namespace countips {
namespace {

const timestamp monday{*day::make(2024, 6, 10), 5, 3600, true};
const timestamp tuesday{*day::make(2024, 6, 11), 5, 3600, true};

TEST(request_keeper, tells_when_client_and_day_repeat) {
  const read_rules plain;
  request_keeper keeper(plain, client_port::maybe);
  EXPECT_EQ(keeper.take("192.0.2.1:80", monday), line_kind::request);
  EXPECT_EQ(keeper.take("192.0.2.1:80", monday), line_kind::repeated);
  EXPECT_EQ(keeper.take("192.0.2.1:80", tuesday), line_kind::request);
  EXPECT_EQ(keeper.take("-", tuesday), line_kind::rejected);
  EXPECT_EQ(keeper.take("192.0.2.1:80", tuesday), line_kind::repeated);
  EXPECT_EQ(keeper.take("192.0.2.2", tuesday), line_kind::same_day);
  keeper.forget();
  EXPECT_EQ(keeper.take("192.0.2.2", tuesday), line_kind::request);
}

TEST(request_keeper, never_repeats_if_more_is_wanted) {
  const read_rules rules = rules_for_all();
  request_keeper keeper(rules, client_port::maybe);
  EXPECT_EQ(keeper.take("192.0.2.1", monday), line_kind::request);
  keeper.hit().path = "/x";
  EXPECT_EQ(keeper.take("192.0.2.1", monday), line_kind::request);
  EXPECT_EQ(keeper.hit().path, "");
  EXPECT_EQ(keeper.hit().time, monday);
}

// The text of a line may be gone when the next one is read.
TEST(request_keeper, keeps_names_of_clients) {
  const read_rules plain;
  request_keeper keeper(plain, client_port::maybe);
  std::string text = "host.example.com:80";
  EXPECT_EQ(keeper.take(text, monday), line_kind::request);
  text.assign(text.size(), 'x');
  EXPECT_EQ(text_of(keeper.hit().who), "host.example.com");
  EXPECT_EQ(keeper.take("host.example.com:80", tuesday), line_kind::request);
  EXPECT_EQ(text_of(keeper.hit().who), "host.example.com");
}

TEST(request_keeper, reads_clients_as_find_client_does) {
  struct client_case {
    std::string text, who, with_port;  // Empty: there is none.
  };
  const std::string list = "192.0.2.1" + std::string(80, ' ') + ", 192.0.2.2";
  const client_case cases[] = {
      {"192.0.2.1", "192.0.2.1", "192.0.2.1"},
      {"192.0.2.1:80", "192.0.2.1", "192.0.2.1"},
      {"192.0.2.1:", "", ""},
      {"192.0.2.1:123456", "", ""},
      {"192.0.2.1x", "192.0.2.1x", ""},
      {"192.0.2.256", "192.0.2.256", ""},
      {"::ffff:192.0.2.1", "192.0.2.1", "192.0.2.1"},
      {"::ffff:192.0.2.1:80", "192.0.2.1", "192.0.2.1"},
      {"2001:db8::1:80", "2001:db8::1:80", "2001:db8::1"},
      {"2001:db8::1:58430", "2001:db8::1", "2001:db8::1"},
      {"[2001:db8::1]:80", "2001:db8::1", "2001:db8::1"},
      {"2001:db8::1", "2001:db8::1", "2001:db8::1"},
      {"host:80", "host", "host"},
      {"host", "host", ""},
      {list, "192.0.2.1", "192.0.2.1"},
      {"", "", ""},
      {"-", "", ""},
  };
  const read_rules plain;
  for (const client_case& c : cases) {
    SCOPED_TRACE(c.text);
    request_keeper maybe(plain, client_port::maybe);
    request_keeper mostly(plain, client_port::mostly);
    EXPECT_EQ(maybe.take(c.text, monday) == line_kind::request, !c.who.empty());
    EXPECT_EQ(mostly.take(c.text, monday) == line_kind::request, !c.with_port.empty());
    if (!c.who.empty()) {
      EXPECT_EQ(text_of(maybe.hit().who), c.who);
    }
    if (!c.with_port.empty()) {
      EXPECT_EQ(text_of(mostly.hit().who), c.with_port);
    }
  }
}

TEST(request_keeper, needs_a_port_where_there_always_is_one) {
  const std::string rest(64, ' ');
  const read_rules plain;
  for (const auto& [text, who] :
       std::vector<std::pair<std::string, std::string>>{{"192.0.2.1:80", "192.0.2.1"},
                                                        {"[2001:db8::1]:80", "2001:db8::1"},
                                                        {"2001:db8::1:58430", "2001:db8::1"},
                                                        {"host:80", "host"},
                                                        {"192.0.2.1", ""},
                                                        {"[2001:db8::1]", ""},
                                                        {"2001:db8::f00d", ""},
                                                        {"host", ""},
                                                        {"-", ""}}) {
    const std::string line = text + rest;
    for (const char* const end : {static_cast<const char*>(nullptr), line.data() + line.size()}) {
      SCOPED_TRACE(text);
      request_keeper keeper(plain, client_port::always);
      const std::string_view field = std::string_view(line).substr(0, text.size());
      ASSERT_EQ(keeper.take(field, monday, end) == line_kind::request, !who.empty());
      if (!who.empty()) {
        EXPECT_EQ(text_of(keeper.hit().who), who);
      }
    }
  }
}

std::string random_client(std::mt19937& random) {
  const std::string pieces[] = {"1", "25", "255", "256",  "192.0.2.", "2001:db8:", ":", "::",
                                ".", "f",  "a1",  "host", ":80",      "%eth0",     ",", "[::1]"};
  std::string text;
  for (std::size_t n = random() % 7; n > 0; --n) text += pieces[random() % std::size(pieces)];
  return text;
}

// Who it is, or why not.
std::string taken(request_keeper& keeper, std::string_view text, const char* line_end) {
  if (keeper.take(text, monday, line_end) == line_kind::rejected) return "rejected";
  return text_of(keeper.hit().who);
}

TEST(request_keeper, reads_the_same_whether_more_of_the_line_can_be_read_or_not) {
  std::mt19937 random(11);
  for (int i = 0; i < 20000; ++i) {
    const std::string text = random_client(random);
    // What stands behind may go on as the text does.
    const std::string line = text + random_client(random) + std::string(random() % 60, ' ');
    const std::string_view field = std::string_view(line).substr(0, text.size());
    const read_rules plain;
    for (const client_port port : {client_port::maybe, client_port::mostly, client_port::always}) {
      request_keeper ahead(plain, port);
      request_keeper alone(plain, port);
      ASSERT_EQ(taken(ahead, field, line.data() + line.size()), taken(alone, text, nullptr))
          << line;
    }
  }
}

TEST(request_keeper, follows_the_rules_for_clients) {
  read_rules rules;
  rules.clients.ipv4_bits = 24;
  rules.clients.hosts = client_rules::host_names::reject;
  request_keeper keeper(rules, client_port::maybe);
  EXPECT_EQ(keeper.take("192.0.2.77", monday), line_kind::request);
  EXPECT_EQ(text_of(keeper.hit().who), "192.0.2.0");
  EXPECT_EQ(keeper.take("host", monday), line_kind::rejected);
}

}  // namespace
}  // namespace countips
