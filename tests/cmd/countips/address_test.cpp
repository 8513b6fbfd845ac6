#include "countips/clients/address.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <vector>

namespace countips {
namespace {

std::uint64_t big_endian(const unsigned char* bytes) {
  std::uint64_t value = 0;
  for (int i = 0; i < 8; ++i) value = value << 8 | bytes[i];
  return value;
}

std::optional<ipv4_address> system_ipv4(const std::string& text) {
  in_addr address{};
  if (inet_pton(AF_INET, text.c_str(), &address) != 1) return std::nullopt;
  return ipv4_address{ntohl(address.s_addr)};
}

std::optional<ipv6_address> system_ipv6(const std::string& text) {
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return std::nullopt;
  return ipv6_address{big_endian(bytes.data()), big_endian(bytes.data() + 8)};
}

void expect_as_system(const std::string& text) {
  EXPECT_EQ(parse_ipv4(text), system_ipv4(text)) << '"' << text << '"';
  EXPECT_EQ(parse_ipv6(text), system_ipv6(text)) << '"' << text << '"';
}

TEST(address, is_read_as_inet_pton_reads_it) {
  const std::vector<std::string> texts = {"",
                                          "0",
                                          "1.2.3.4",
                                          "0.0.0.0",
                                          "255.255.255.255",
                                          "256.1.1.1",
                                          "1.2.3",
                                          "1.2.3.4.5",
                                          "1.2.3.",
                                          ".1.2.3",
                                          "1..2.3",
                                          "01.2.3.4",
                                          "1.2.3.04",
                                          "00.0.0.0",
                                          "1.2.3.4 ",
                                          " 1.2.3.4",
                                          "1.2.3.1000",
                                          "1.2.3.99999999999999999999",
                                          "a.b.c.d",
                                          "1.2.3.4x",
                                          "+1.2.3.4",
                                          "::",
                                          ":",
                                          ":::",
                                          "::1",
                                          "1::",
                                          "1:",
                                          ":1",
                                          "1:2:3:4:5:6:7:8",
                                          "1:2:3:4:5:6:7:8:9",
                                          "1:2:3:4:5:6:7",
                                          "1:2:3:4:5:6:7::",
                                          "::2:3:4:5:6:7:8",
                                          "1:2:3:4:5:6:7:8::",
                                          "1::2::3",
                                          "1::3:4:5:6:7:8",
                                          "2001:DB8::1",
                                          "2001:db8:0:0:0:0:0:1",
                                          "12345::",
                                          "g::",
                                          "::1.2.3.4",
                                          "::ffff:1.2.3.4",
                                          "::ffff:1.2.3.04",
                                          "1.2.3.4::",
                                          "::1.2.3.4:5",
                                          "1:2:3:4:5:6:1.2.3.4",
                                          "1:2:3:4:5:6:7:1.2.3.4",
                                          "1:2:3:4:5:1.2.3.4",
                                          "::1.2.3",
                                          "fe80::1%eth0",
                                          "[::1]",
                                          "0x1::",
                                          "::00001",
                                          "::0000:0001",
                                          "1 ::"};
  for (const std::string& text : texts) expect_as_system(text);
}

TEST(address, is_read_as_inet_pton_reads_it_whatever_the_text) {
  std::mt19937_64 random(1);
  const std::string alphabet = "0123456789abcdefABCDEF::::....  %gx";
  for (int i = 0; i < 200'000; ++i) {
    std::string text;
    for (std::size_t size = random() % 24; text.size() < size;) {
      text += alphabet[random() % alphabet.size()];
    }
    expect_as_system(text);
  }
}

// Random texts are rarely addresses; these nearly always are.
TEST(address, is_read_from_all_that_inet_ntop_writes) {
  std::mt19937_64 random(2);
  for (int i = 0; i < 100'000; ++i) {
    std::array<unsigned char, 16> bytes{};
    for (unsigned char& byte : bytes)
      byte = random() % 3 == 0 ? 0 : static_cast<unsigned char>(random());
    std::array<char, INET6_ADDRSTRLEN> text{};
    inet_ntop(AF_INET6, bytes.data(), text.data(), text.size());
    const ipv6_address want{big_endian(bytes.data()), big_endian(bytes.data() + 8)};
    EXPECT_EQ(parse_ipv6(text.data()), want) << text.data();
    std::string damaged = text.data();
    damaged[random() % damaged.size()] = "0:.f"[random() % 4];
    expect_as_system(damaged);
    inet_ntop(AF_INET, bytes.data(), text.data(), text.size());
    EXPECT_EQ(parse_ipv4(text.data()), ipv4_address{static_cast<std::uint32_t>(want.high >> 32)});
  }
}

TEST(address, that_a_text_begins_with_ends_where_it_ends) {
  struct scan_case {
    std::string_view text;
    std::size_t size;  // 0: none.
  };
  const scan_case cases[] = {{"1.2.3.4", 7},         {"1.2.3.4 - -", 7}, {"1.2.3.4.5", 7},
                             {"1.2.3.4x", 7},        {"1.2.3.4567", 0},  {"1.2.3.04", 0},
                             {"1.2.3", 0},           {"1.2.3.", 0},      {"", 0},
                             {"255.255.255.255", 15}};
  for (const scan_case& c : cases) {
    ipv4_address address{42};
    EXPECT_EQ(scan_ipv4(c.text, address), c.size) << c.text;
    if (c.size == 0) {
      EXPECT_EQ(address, ipv4_address{42}) << c.text;
    }
  }
}

TEST(address, mapped_is_unmapped_and_no_other) {
  EXPECT_EQ(unmap(*parse_ipv6("::ffff:1.2.3.4")), ipv4_address{0x01020304});
  EXPECT_EQ(unmap(*parse_ipv6("::ffff:102:304")), ipv4_address{0x01020304});
  EXPECT_EQ(unmap(*parse_ipv6("::1.2.3.4")), std::nullopt);
  EXPECT_EQ(unmap(*parse_ipv6("::fffe:1.2.3.4")), std::nullopt);
  EXPECT_EQ(unmap(*parse_ipv6("1::ffff:1.2.3.4")), std::nullopt);
}

}  // namespace
}  // namespace countips
