#include "countips/tallies/group_key.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>

#include "countips/counting/group_name.h"
#include "countips/tallies/host_name.h"

namespace countips {
namespace {

group_key key_of(grouping by, std::uint32_t date, std::uint32_t second) {
  group_keys keys(by, 7, nullptr);
  return keys.of({}, {day::from_number(date), second});
}

TEST(group_keys, name_the_span_that_a_request_lies_in) {
  struct span_case {
    grouping by;
    std::uint32_t date;
    std::uint32_t second;
    const char* name;
  };
  const span_case cases[] = {
      {grouping::hour, 20240609, 0, "2024-06-09 00:00"},
      {grouping::hour, 20240609, 86399, "2024-06-09 23:00"},
      {grouping::day, 20240609, 5, "2024-06-09"},
      {grouping::month, 20240609, 5, "2024-06"},
      {grouping::total, 20240609, 5, "total"},
      // Weeks belong to the year of their Thursday (ISO 8601).
      {grouping::week, 20240609, 0, "2024-W23"},
      {grouping::week, 20240610, 0, "2024-W24"},
      {grouping::week, 20201231, 0, "2020-W53"},
      {grouping::week, 20210103, 0, "2020-W53"},
      {grouping::week, 20210104, 0, "2021-W01"},
      {grouping::week, 20181231, 0, "2019-W01"},
      {grouping::week, 20230101, 0, "2022-W52"},
      {grouping::week, 20240229, 0, "2024-W09"},
  };
  for (const span_case& c : cases) {
    EXPECT_EQ(group_name(c.by, key_of(c.by, c.date, c.second)), c.name);
  }
  EXPECT_EQ(key_of(grouping::file, 20240609, 0), 7u);
}

TEST(group_keys, tell_hours_apart_that_the_clock_shows_twice) {
  group_keys keys(grouping::hour, 0, nullptr);
  const auto key_at = [&](std::uint32_t second, std::optional<std::int16_t> offset) {
    return keys.of({}, {day::from_number(20181028), second, offset});
  };
  const group_key before = key_at(7199, std::nullopt);
  const group_key earlier = key_at(7200, 120);
  const group_key later = key_at(7200, 60);
  const group_key behind = key_at(10800, std::nullopt);
  EXPECT_LT(before, earlier);
  EXPECT_LT(earlier, later);
  EXPECT_LT(later, behind);
  EXPECT_EQ(group_name(grouping::hour, earlier), "2018-10-28 02:00+02:00");
  EXPECT_EQ(group_name(grouping::hour, later), "2018-10-28 02:00+01:00");
  EXPECT_EQ(group_name(grouping::hour, key_at(7200, -570)), "2018-10-28 02:00-09:30");
  EXPECT_EQ(group_name(grouping::hour, key_at(7200, 0)), "2018-10-28 02:00+00:00");
}

TEST(group_keys, are_in_the_order_of_time) {
  for (const grouping by : {grouping::hour, grouping::day, grouping::week, grouping::month}) {
    EXPECT_LT(key_of(by, 20231224, 0), key_of(by, 20240129, 3600));
  }
}

TEST(canonical_host, is_one_name_for_all_spellings) {
  struct host_case {
    const char *host, *name;
  };
  const host_case cases[] = {
      {"www.example.com", "www.example.com"},
      {"WWW.Example.COM.", "www.example.com"},
      {"www.example.com:443", "www.example.com"},
      {"www.example.com.:443", "www.example.com"},
      {"www.example.com:", "www.example.com"},
      {"www.example.com:x", "www.example.com:x"},
      {"[2001:DB8::1]:80", "[2001:db8::1]"},
      {"[2001:db8::1]", "[2001:db8::1]"},
      {"2001:db8::1", "2001:db8::1"},
      {"192.0.2.1:80", "192.0.2.1"},
      {"", "-"},
      {"-", "-"},
      {".", "-"},
      {":80", "-"},
  };
  for (const host_case& c : cases) EXPECT_EQ(canonical_host(c.host), c.name) << c.host;
}

TEST(host_table, numbers_hosts_whatever_their_spelling) {
  host_table hosts;
  EXPECT_EQ(hosts.number_of("www.example.com"), 0u);
  EXPECT_EQ(hosts.number_of(""), 1u);
  EXPECT_EQ(hosts.number_of("WWW.Example.com.:80"), 0u);
  EXPECT_EQ(hosts.number_of("-"), 1u);
  EXPECT_EQ(hosts.number_of("example.com"), 2u);
  EXPECT_EQ(hosts.name_of(0), "www.example.com");
  EXPECT_EQ(hosts.name_of(1), "-");
}

// Hosts in turn, more of them than are remembered, and in several spellings.
TEST(group_keys, give_a_host_its_number_whenever_it_comes) {
  host_table hosts;
  group_keys keys(grouping::host, 0, &hosts);
  for (int round = 0; round < 2; ++round) {
    for (std::uint64_t i = 0; i < 1500; ++i) {
      const std::string lower = "host" + std::to_string(i);
      const std::string upper = "HOST" + std::to_string(i) + '.';
      record what;
      what.host = lower;
      EXPECT_EQ(keys.of(what, {}), i);
      what.host = upper;
      EXPECT_EQ(keys.of(what, {}), i);
    }
  }
}

}  // namespace
}  // namespace countips
