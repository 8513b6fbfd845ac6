#include "countips/clients/client.h"

#include <gtest/gtest.h>

#include "countips/clients/client_set.h"

namespace countips {
namespace {

TEST(client, of_an_address_is_one_in_every_spelling) {
  const std::vector<std::vector<std::string_view>> spellings = {
      {"192.0.2.1", "::ffff:192.0.2.1", "::FFFF:c000:0201", "0:0:0:0:0:ffff:c000:201"},
      {"2001:db8::1", "2001:DB8:0::1", "2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::0:1",
       "2001:db8::1%eth0"},
      {"::", "0:0:0:0:0:0:0:0", "::0.0.0.0"},
      {"0.0.0.0", "::ffff:0:0"}};
  client_set all;
  for (const auto& same : spellings) {
    for (const std::string_view text : same) {
      const std::optional<client> who = address_client(text);
      ASSERT_TRUE(who.has_value()) << text;
      EXPECT_EQ(who, address_client(same[0])) << text;
      all.insert(*who);
    }
  }
  EXPECT_EQ(all.size(), spellings.size());
}

TEST(client, is_no_address_in_these) {
  for (const std::string_view text :
       {"", "host", "1.2.3", "1.2.3.4:80", "[::1]", "1.2.3.4%eth0", "-"}) {
    EXPECT_EQ(address_client(text), std::nullopt) << text;
  }
}

TEST(client, name_has_a_letter_or_digit_and_no_foreign_syntax) {
  for (const std::string_view text :
       {"host", "host.example.net", "1.1.x.1", "a", "0", "my_host", "caf\xc3\xa9", "192.0.2.***"}) {
    EXPECT_TRUE(is_host_name(text)) << text;
  }
  for (const std::string_view text :
       {"", "-", "...", "a:80", "[a]", "{a", "a=b", "\"a", "a,b", "a b", "a\tb", "a\x7f"}) {
    EXPECT_FALSE(is_host_name(text)) << text;
  }
  EXPECT_FALSE(is_host_name(std::string_view("a\0b", 3)));
}

TEST(client_set, tells_clients_apart_and_owns_names) {
  client_set some;
  {
    const std::string name = "a name that is too long to be stored inside of a string object";
    some.insert(client(std::string_view(name)));
    some.insert(client(std::string_view(name)));
  }
  some.insert(client(std::string_view("b")));
  some.insert(client(ipv4_address{1}));
  some.insert(client(ipv6_address{0, 1}));
  EXPECT_EQ(some.size(), 4u);

  client_set others;
  others.insert(client(std::string_view("b")));
  others.insert(client(std::string_view("c")));
  others.insert(client(ipv4_address{1}));
  others.insert(client(ipv4_address{2}));
  others.insert(client(ipv6_address{1, 0}));
  some.merge(others);
  EXPECT_EQ(some.size(), 7u);
  EXPECT_EQ(others.size(), 5u);
}

}  // namespace
}  // namespace countips
