#include "countips/clients/client_text.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "cmd/countips/client_text.h"

namespace countips {
namespace {

TEST(client_text, is_canonical) {
  struct text_case {
    const char* spelling;
    const char* text;
  };
  // RFC 5952: lower case, no leading zeros, the longest row of zeros shortened, the first of
  // several, and never a single group.
  const text_case cases[] = {
      {"192.0.2.1", "192.0.2.1"},
      {"0.0.0.0", "0.0.0.0"},
      {"255.255.255.255", "255.255.255.255"},
      {"::", "::"},
      {"::1", "::1"},
      {"1::", "1::"},
      {"2001:DB8:0::1", "2001:db8::1"},
      {"2001:0db8:0:0:0:0:2:1", "2001:db8::2:1"},
      {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
      {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},
      {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
      {"0:1:2:3:4:5:6:7", "0:1:2:3:4:5:6:7"},
      {"1:2:3:4:5:6:7:0", "1:2:3:4:5:6:7:0"},
      {"0:0:1:2:3:4:0:0", "::1:2:3:4:0:0"},
      {"::192.0.2.1", "::c000:201"},
      {"64:ff9b::192.0.2.1", "64:ff9b::c000:201"},
      {"::ffff:192.0.2.1", "192.0.2.1"},
  };
  for (const text_case& c : cases) EXPECT_EQ(client_text(*address_client(c.spelling)), c.text);
  EXPECT_EQ(client_text(client("Host.example.net")), "Host.example.net");
}

TEST(client_text, of_a_network_tells_its_length) {
  struct text_case {
    unsigned ipv4_bits;
    unsigned ipv6_bits;
    const char* spelling;
    const char* text;
  };
  const text_case cases[] = {
      {24, 64, "192.0.2.77", "192.0.2.0/24"}, {24, 64, "2001:db8:1:2:3::4", "2001:db8:1:2::/64"},
      {32, 64, "192.0.2.77", "192.0.2.77"},   {24, 128, "2001:db8::4", "2001:db8::4"},
      {0, 0, "192.0.2.77", "0.0.0.0/0"},      {0, 0, "2001:db8::4", "::/0"},
  };
  for (const text_case& c : cases) {
    client_rules rules;
    rules.ipv4_bits = c.ipv4_bits;
    rules.ipv6_bits = c.ipv6_bits;
    EXPECT_EQ(client_text(masked(*address_client(c.spelling), rules), rules), c.text);
    EXPECT_EQ(client_text(client("host"), rules), "host");
  }
}

// inet_ntop writes what looks like an IPv4 address within an IPv6 address as one.
TEST(client_text, is_what_inet_ntop_writes) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 200'000; ++i) {
    ipv6_address address{random(), random()};
    for (int group = 0; group < 4; ++group) {
      if (random() % 2 == 0) address.high &= ~(std::uint64_t{0xffff} << (16 * group));
      if (random() % 2 == 0) address.low &= ~(std::uint64_t{0xffff} << (16 * group));
      if (random() % 8 == 0) address.low &= ~(std::uint64_t{0xfff0} << (16 * group));
    }
    if (address.high == 0 && (address.low >> 32 == 0 || address.low >> 32 == 0xffff)) continue;
    const client who(address);
    ASSERT_EQ(client_text(who), text_of(who));
    ASSERT_EQ(address_client(client_text(who)), who);
  }
}

TEST(client_text, of_an_ipv4_address_is_what_is_read_from_it) {
  std::mt19937 random(8);
  for (int i = 0; i < 100'000; ++i) {
    const client who(ipv4_address{static_cast<std::uint32_t>(random())});
    ASSERT_EQ(client_text(who), text_of(who));
    ASSERT_EQ(address_client(client_text(who)), who);
  }
}

}  // namespace
}  // namespace countips
