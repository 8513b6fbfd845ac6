#include "countips/clients/scan_address.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "countips/clients/byte_masks.h"

namespace countips {
namespace {

// Just as many bytes as may be read, on the heap, so that a sanitizer sees one too many.
std::unique_ptr<char[]> padded(std::string_view text, char with) {
  auto bytes = std::make_unique<char[]>(scan_address_reads);
  std::fill_n(bytes.get(), scan_address_reads, with);
  std::copy_n(text.data(), std::min(text.size(), scan_address_reads), bytes.get());
  return bytes;
}

bool continues_address(char c) {
  return std::string_view("0123456789abcdefABCDEF:.").find(c) != std::string_view::npos;
}

// The part of the text that can only be an address.
std::string_view address_part(std::string_view text) {
  std::size_t size = 0;
  while (size < text.size() && continues_address(text[size])) ++size;
  return text.substr(0, size);
}

// What the scans find is what the whole parsers find, with nothing of the address left over.
void expect_agreement(std::string_view text, char behind) {
  SCOPED_TRACE(std::string(text) + "' before '" + behind);
  const auto bytes = padded(text, behind);
  const std::string_view whole = address_part(std::string_view(bytes.get(), scan_address_reads));
  ipv4_address v4;
  if (const std::size_t size = scan_ipv4_ahead(bytes.get(), v4); size != 0) {
    ipv4_address slow;
    EXPECT_EQ(size, scan_ipv4(std::string_view(bytes.get(), scan_address_reads), slow));
    EXPECT_EQ(v4, slow);
  }
  ipv6_address v6;
  if (const std::size_t size = scan_ipv6_ahead(bytes.get(), v6); size != 0) {
    EXPECT_EQ(size, whole.size());
    EXPECT_EQ(parse_ipv6(whole), v6);
    EXPECT_EQ(unmap(v6), std::nullopt);
  }
}

TEST(scan_address, finds_the_usual_ones) {
  for (const std::string_view text : {"0.0.0.0", "1.2.3.4", "10.20.30.40", "255.255.255.255",
                                      "192.0.2.1", "100.9.10.99", "1.200.3.250"}) {
    ipv4_address found;
    EXPECT_EQ(scan_ipv4_ahead(padded(text, ' ').get(), found), text.size()) << text;
    EXPECT_EQ(found, parse_ipv4(text)) << text;
  }
  for (const std::string_view text : {"2001:db8::1", "2001:DB8::", "fe80::", "1:2:3:4:5:6:7:8",
                                      "1:2:3:4:5:6:7::", "2001:0db8:0000:0000:0000:0000:0000:0001",
                                      "1::8", "abcd:ef01:2345:6789::A"}) {
    ipv6_address found;
    EXPECT_EQ(scan_ipv6_ahead(padded(text, ' ').get(), found), text.size()) << text;
    EXPECT_EQ(found, parse_ipv6(text)) << text;
  }
}

TEST(scan_address, finds_none_in_these) {
  for (const std::string_view text :
       {"", "1", "1.2.3", "1.2.3.", "1.2.3.4.5", ".1.2.3.4", "1..3.4", "1.2.3.256", "1.2.3.1000",
        "01.2.3.4", "1.2.3.04", "1.2.3.00", "1111.2.3.4", "123.123.123.1234", "a.b.c.d"}) {
    ipv4_address found;
    EXPECT_EQ(scan_ipv4_ahead(padded(text, ' ').get(), found), 0u) << text;
  }
  for (const std::string_view text : {"",
                                      ":",
                                      "::",
                                      "::1",
                                      "1",
                                      "1:",
                                      ":1",
                                      "1:2",
                                      "1:2:3:4:5:6:7:8:9",
                                      "1:2:3:4:5:6:7:",
                                      "1:2:3:4:5:6:7:8::",
                                      "1:2:3:4:5:6:7:8:",
                                      "1::2::3",
                                      "1:::2",
                                      "12345::1",

                                      "1:2:3:4:5:6:1.2.3.4",
                                      "::ffff:1.2.3.4",
                                      "::ffff:102:304",
                                      "0:0:0:0:0:ffff:102:304",
                                      "00001:2:3:4:5:6:7:8",
                                      "2001:0db8:0000:0000:0000:0000:0000:0001:2"}) {
    ipv6_address found;
    EXPECT_EQ(scan_ipv6_ahead(padded(text, ' ').get(), found), 0u) << text;
  }
}

TEST(scan_address, agrees_with_the_parsers_on_random_texts) {
  std::mt19937_64 random(1);
  const std::string_view alphabets[] = {"0123456789.", "012.", "19ace:", ":1",
                                        "0123456789abcdefAF:.g "};
  for (const std::string_view alphabet : alphabets) {
    for (int i = 0; i < 40'000; ++i) {
      std::string text;
      const std::size_t size = random() % 48;
      while (text.size() < size) text += alphabet[random() % alphabet.size()];
      expect_agreement(text, " \0:.1%"[random() % 6]);
    }
  }
}

// Good addresses with one byte changed.
TEST(scan_address, agrees_with_the_parsers_next_to_addresses) {
  for (const std::string_view good :
       {"192.0.2.1", "255.255.255.255", "2001:db8::1", "1:2:3:4:5:6:7:8", "fe80::a:b:c:d"}) {
    for (std::size_t at = 0; at <= good.size(); ++at) {
      for (int c = 0; c < 256; ++c) {
        std::string text(good);
        text.resize(good.size() + 1, ' ');
        text[at] = static_cast<char>(c);
        expect_agreement(text, ' ');
        expect_agreement(text.substr(0, good.size()), static_cast<char>(c));
      }
    }
  }
}

TEST(byte_block, tells_which_bytes) {
  std::mt19937_64 random(2);
  for (int i = 0; i < 2000; ++i) {
    char text[16];
    char other[16];
    for (char& c : text) c = static_cast<char>(random());
    for (char& c : other) c = random() % 2 == 0 ? static_cast<char>(random()) : text[&c - other];
    const char least = static_cast<char>(random());
    const auto more = static_cast<unsigned char>(random());
    const byte_block bytes(text);
    for (int at = 0; at < 16; ++at) {
      const auto above = static_cast<unsigned char>(text[at] - least);
      const auto above_other = static_cast<unsigned char>(text[at] - other[at]);
      EXPECT_EQ(bytes.within(least, more) >> at & 1, above <= more ? 1u : 0u);
      EXPECT_EQ(bytes.equal_to(least) >> at & 1, text[at] == least ? 1u : 0u);
      EXPECT_EQ(bytes.equal_to(byte_block(other)) >> at & 1, text[at] == other[at] ? 1u : 0u);
      EXPECT_EQ(bytes.within(byte_block(other), byte_block(text)) >> at & 1,
                above_other <= static_cast<unsigned char>(text[at]) ? 1u : 0u);
      EXPECT_EQ(bytes.with_bit(0x20).equal_to(least) >> at & 1,
                static_cast<char>(text[at] | 0x20) == least ? 1u : 0u);
    }
  }
}

}  // namespace
}  // namespace countips
