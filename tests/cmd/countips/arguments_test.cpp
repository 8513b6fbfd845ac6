#include "countips/shell/arguments.h"

#include <gtest/gtest.h>

#include <string>

namespace countips {
namespace {

std::string text_of(const local_time& at) {
  return at.date.text() + " " + std::to_string(at.second);
}

TEST(parse_moment, takes_what_is_left_open_from_its_beginning_to_its_end) {
  struct moment_case {
    const char* text;
    const char* first;
    const char* next;
  };
  const moment_case cases[] = {
      {"2024", "2024-01-01 0", "2025-01-01 0"},
      {"2024-06", "2024-06-01 0", "2024-07-01 0"},
      {"2024-12", "2024-12-01 0", "2025-01-01 0"},
      {"2024-02-28", "2024-02-28 0", "2024-02-29 0"},
      {"2024-12-31", "2024-12-31 0", "2025-01-01 0"},
      {"2024-06-09T23", "2024-06-09 82800", "2024-06-10 0"},
      {"2024-06-09 10:30", "2024-06-09 37800", "2024-06-09 37860"},
      {"2024-06-09T10:30:59", "2024-06-09 37859", "2024-06-09 37860"},
      {"2024-02", "2024-02-01 0", "2024-03-01 0"},
      {"2024-12-31T23:59", "2024-12-31 86340", "2025-01-01 0"},
      // A leap second is the one before it.
      {"2016-12-31T23:59:59", "2016-12-31 86399", "2017-01-01 0"},
      {"2016-12-31T23:59:60", "2016-12-31 86399", "2017-01-01 0"},
      {"2017-01-01 00:59:60", "2017-01-01 3599", "2017-01-01 3600"},
      {"0000", "0000-01-01 0", "0001-01-01 0"},
      // After all that can be.
      {"9999", "9999-01-01 0", "9999-12-31 86400"},
      {"9999-12-31T23:59:60", "9999-12-31 86399", "9999-12-31 86400"},
  };
  for (const moment_case& c : cases) {
    SCOPED_TRACE(c.text);
    const auto at = parse_moment(c.text);
    ASSERT_TRUE(at.has_value());
    EXPECT_EQ(text_of(at->first), c.first);
    EXPECT_EQ(text_of(at->next), c.next);
  }
}

TEST(parse_moment, refuses_what_is_no_time) {
  for (const char* text :
       {"", "24", "2024-", "2024-6", "2024-06-9", "2024-13", "2023-02-29", "2024-06-09T",
        "2024-06-09 24", "2024-06-09 10:60", "2024-06-09 10:30:61", "2024-06-09 10:30:00Z",
        "2024/06/09", "yesterday", "2024-06-09x", "20240609"}) {
    EXPECT_FALSE(parse_moment(text).has_value()) << text;
  }
}

TEST(parse_zone, knows_the_line_utc_and_names) {
  EXPECT_TRUE(parse_zone("log", "")->is_of_the_line());
  EXPECT_FALSE(parse_zone("utc", "")->is_of_the_line());
  EXPECT_TRUE(parse_zone("Europe/Berlin", "").has_value());
  EXPECT_TRUE(parse_zone("local", "America/New_York").has_value());
  EXPECT_EQ(parse_zone("Nowhere/Else", "").error(), "no time zone: Nowhere/Else");
}

TEST(parse_client_choice, names_one_of_a_list) {
  const auto parsed = [](std::string_view text) {
    client_rules rules;
    return parse_client_choice(text, rules) ? std::optional(rules) : std::nullopt;
  };
  EXPECT_EQ(parsed("first")->which, client_rules::pick::first);
  EXPECT_EQ(parsed("last")->which, client_rules::pick::last);
  EXPECT_EQ(parsed("3")->nth, 3u);
  const auto trusted = parsed("trusted=10.0.0.0/8,2001:db8::/32,192.0.2.1");
  ASSERT_TRUE(trusted.has_value());
  ASSERT_EQ(trusted->trusted.size(), 3u);
  EXPECT_EQ(trusted->trusted[0].bits, 8u);
  EXPECT_EQ(trusted->trusted[1].bits, 32u);
  EXPECT_EQ(trusted->trusted[2].bits, 32u);
  const auto mapped = parsed("trusted=::ffff:10.0.0.0/104,::ffff:192.0.2.1");
  ASSERT_TRUE(mapped.has_value());
  EXPECT_EQ(mapped->trusted[0].bits, 8u);
  EXPECT_EQ(mapped->trusted[0].address, *address_client("10.0.0.0"));
  EXPECT_EQ(mapped->trusted[1].bits, 32u);
  for (const char* text : {"", "second", "0", "1001", "1x", "trusted=", "trusted=10.0.0.0/33",
                           "trusted=10.0.0.0/", "trusted=10.0.0.0/8,", "trusted=host",
                           "trusted=::ffff:10.0.0.0/8", "trusted=::ffff:10.0.0.0/129"}) {
    EXPECT_FALSE(parsed(text).has_value()) << text;
  }
}

TEST(parse_client_choice, says_what_is_wrong_with_a_network) {
  struct wrong_case {
    const char *text, *why;
  };
  const wrong_case cases[] = {
      {"trusted=", "a network such as 10.0.0.0/8 is missing"},
      {"trusted=10.0.0.0/8,", "a network such as 10.0.0.0/8 is missing"},
      {"trusted=,10.0.0.0/8", "a network such as 10.0.0.0/8 is missing"},
      {"trusted=host", "no address: host"},
      {"trusted=::ffff:10.0.0.0/95", "no length of a prefix: 95"},
  };
  for (const wrong_case& c : cases) {
    client_rules rules;
    EXPECT_EQ(parse_client_choice(c.text, rules).error(), c.why) << c.text;
  }
}

TEST(parse_prefix, takes_one_length_or_two) {
  client_rules rules;
  EXPECT_TRUE(parse_prefix("24,64", rules));
  EXPECT_EQ(rules.ipv4_bits, 24u);
  EXPECT_EQ(rules.ipv6_bits, 64u);
  EXPECT_TRUE(parse_prefix("16", rules));
  EXPECT_EQ(rules.ipv4_bits, 16u);
  EXPECT_EQ(rules.ipv6_bits, 128u);
  for (const char* text : {"", "33", "24,129", "24,", ",64", "a", "24,64,1", "-1"}) {
    EXPECT_FALSE(parse_prefix(text, rules)) << text;
  }
}

}  // namespace
}  // namespace countips
