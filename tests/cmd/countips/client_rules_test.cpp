#include "countips/clients/client_rules.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace countips {
namespace {

client named(std::string_view text) {
  return address_client(text).value_or(client(text));
}

struct field_case {
  std::string field;
  std::string client;  // Empty: none.
};

void check(const field_case& c, const client_rules& rules) {
  SCOPED_TRACE(c.field);
  const auto found = find_client(c.field, rules);
  ASSERT_EQ(found.has_value(), !c.client.empty());
  if (found) {
    EXPECT_EQ(*found, named(c.client));
  }
}

TEST(find_client, takes_addresses_in_any_spelling_and_names) {
  const field_case cases[] = {
      {"192.0.2.1", "192.0.2.1"},
      {"192.0.2.1:5000", "192.0.2.1"},
      {"2001:DB8::1", "2001:db8::1"},
      {"[2001:db8::1]", "2001:db8::1"},
      {"[2001:db8::1]:443", "2001:db8::1"},
      {"::ffff:192.0.2.1", "192.0.2.1"},
      {"[::ffff:192.0.2.1]:80", "192.0.2.1"},
      {"fe80::1%eth0", "fe80::1"},
      {"[fe80::1%eth0]:1", "fe80::1"},
      {"2001:db8::1:58430", "2001:db8::1"},
      {" \"192.0.2.1\" ", "192.0.2.1"},
      {"host.example.net", "host.example.net"},
      {"host.example.net:8080", "host.example.net"},
      {"192.0.2.1.isp.test", "192.0.2.1.isp.test"},
      {"", ""},
      {"-", ""},
      {"\"-\"", ""},
      {"a b", ""},
      {"[192.0.2.1", ""},
      {"[2001:db8::1]x", ""},
      {"192.0.2.1:", ""},
      {"192.0.2.1:123456", ""},
      {"k=v", ""},
  };
  for (const field_case& c : cases) check(c, {});
}

TEST(find_client, takes_the_one_that_is_wanted_of_a_list) {
  using pick = client_rules::pick;
  const std::string list = "192.0.2.1, host, 2001:db8::1,10.0.0.2:80";
  check({list, "192.0.2.1"}, {.which = pick::first});
  check({list, "10.0.0.2"}, {.which = pick::last});
  check({list, "2001:db8::1"}, {.which = pick::nth, .nth = 2});
  check({list, "192.0.2.1"}, {.which = pick::nth, .nth = 4});
  check({list, "192.0.2.1"}, {.which = pick::nth, .nth = 5});
  check({"192.0.2.1, 10.0.0.2", "192.0.2.1"}, {.which = pick::nth, .nth = 1000});
  check({"192.0.2.1", "192.0.2.1"}, {.which = pick::nth, .nth = 3});
  check({"unknown, 192.0.2.1", "unknown"}, {.which = pick::first});
}

TEST(find_client, passes_over_entries_of_nobody) {
  using pick = client_rules::pick;
  check({", 192.0.2.1", "192.0.2.1"}, {.which = pick::first});
  check({"-, \"-\",, 192.0.2.1, 10.0.0.1", "192.0.2.1"}, {.which = pick::first});
  check({"-, 192.0.2.1:80", "192.0.2.1"}, {.which = pick::last});
  check({"192.0.2.1, -,", "192.0.2.1"}, {.which = pick::last});
  check({"192.0.2.1, -, 10.0.0.1", "192.0.2.1"}, {.which = pick::nth, .nth = 2});
  check({"-, 10.0.0.2", "10.0.0.2"}, {.which = pick::nth, .nth = 3});
  check({"-, 192.0.2.1, -", "192.0.2.1"}, {.which = pick::trusted});
  for (const pick which : {pick::first, pick::last, pick::nth, pick::trusted}) {
    check({"-, -", ""}, {.which = which});
    check({",", ""}, {.which = which});
  }
}

TEST(address_named, has_no_name_of_a_host) {
  for (const char* text : {"192.0.2.1", "192.0.2.1:80", "[::ffff:192.0.2.1]", "[::c000:201]:80"}) {
    EXPECT_TRUE(address_named(text)) << text;
  }
  for (const char* text : {"", "-", "host", "host:80", "[host]", "[::1]x", "::1]", "192.0.2.1:"}) {
    EXPECT_FALSE(address_named(text)) << text;
  }
}

TEST(find_client, passes_over_trusted_networks_from_the_end) {
  client_rules rules;
  rules.which = client_rules::pick::trusted;
  rules.trusted = {{named("10.0.0.0"), 8}, {named("2001:db8::"), 32}};
  check({"192.0.2.1, 198.51.100.1, 10.1.2.3, 2001:db8::5", "198.51.100.1"}, rules);
  check({"10.0.0.1, 10.0.0.2", "10.0.0.1"}, rules);
  check({"10.0.0.1", "10.0.0.1"}, rules);
  check({"192.0.2.1, junk junk, 10.0.0.2", "192.0.2.1"}, rules);
}

TEST(names_nobody, of_what_is_absent_unknown_or_no_client) {
  struct nobody_case {
    const char* field;
    bool nobody;
  };
  const nobody_case cases[] = {
      {"192.0.2.1", false},
      {"host", false},
      {"192.0.2.1, -", false},
      {"[2001:db8::1]:80", false},
      {"", true},
      {"-", true},
      {"unknown", true},
      {"\"unknown\"", true},
      {"unknown, 1.1.1.1", true},
      {"-, 1.1.1.1", false},
      {"-, unknown", true},
      {"-, -", true},
      {"' OR 1=1", true},
      {"a b", true},
  };
  client_rules no_names;
  no_names.hosts = client_rules::host_names::reject;
  for (const nobody_case& c : cases) {
    EXPECT_EQ(names_nobody(c.field, {}), c.nobody) << c.field;
    EXPECT_EQ(names_nobody(c.field, no_names), c.nobody) << c.field;
  }
  EXPECT_FALSE(names_nobody("unknown, 1.1.1.1", {.which = client_rules::pick::last}));
}

TEST(find_client, counts_only_the_wanted_bits) {
  client_rules rules;
  rules.ipv4_bits = 24;
  rules.ipv6_bits = 64;
  check({"192.0.2.77", "192.0.2.0"}, rules);
  check({"2001:db8:0:1:ffff::1", "2001:db8:0:1::"}, rules);
  check({"host", "host"}, rules);
  rules.ipv4_bits = 0;
  rules.ipv6_bits = 0;
  check({"192.0.2.77", "0.0.0.0"}, rules);
  check({"2001:db8::1", "::"}, rules);
  rules.ipv4_bits = 31;
  rules.ipv6_bits = 127;
  check({"192.0.2.77", "192.0.2.76"}, rules);
  check({"2001:db8::3", "2001:db8::2"}, rules);
}

TEST(find_client, may_refuse_host_names) {
  client_rules rules;
  rules.hosts = client_rules::host_names::reject;
  check({"host", ""}, rules);
  check({"192.0.2.1", "192.0.2.1"}, rules);
}

}  // namespace
}  // namespace countips
