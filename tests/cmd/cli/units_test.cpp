#include "cli/units.h"

#include <gtest/gtest.h>

#include <limits>
#include <optional>

namespace cli {
namespace {

using namespace std::chrono_literals;

TEST(units, format_size) {
  const std::pair<std::uint64_t, const char*> cases[] = {
      {0, "0 B"},
      {1, "1 B"},
      {812, "812 B"},
      {1023, "1023 B"},
      {1024, "1.0 KiB"},
      {1536, "1.5 KiB"},
      {10188, "9.9 KiB"},
      {10189, "10 KiB"},
      {1024 * 1024 - 1, "1.0 MiB"},
      {1503238554, "1.4 GiB"},
      {std::uint64_t{5} << 40, "5.0 TiB"},
      {std::numeric_limits<std::uint64_t>::max(), "16 EiB"},
  };
  for (const auto& [bytes, want] : cases) EXPECT_EQ(format_size(bytes), want) << bytes;
}

TEST(units, format_rate) {
  EXPECT_EQ(format_rate(812.0 * 1024 * 1024), "812 MiB/s");
  EXPECT_EQ(format_rate(0.4), "0 B/s");
  EXPECT_EQ(format_rate(-1), "0 B/s");
}

TEST(units, format_duration) {
  EXPECT_EQ(format_duration(0s), "0:00:00");
  EXPECT_EQ(format_duration(3min + 12s), "0:03:12");
  EXPECT_EQ(format_duration(59min + 59s + 999ms), "0:59:59");
  EXPECT_EQ(format_duration(100h + 1s), "100:00:01");
  EXPECT_EQ(format_duration(-5s), "0:00:00");
}

TEST(units, format_count) {
  EXPECT_EQ(format_count(0), "0");
  EXPECT_EQ(format_count(999), "999");
  EXPECT_EQ(format_count(1000), "1,000");
  EXPECT_EQ(format_count(123456), "123,456");
  EXPECT_EQ(format_count(1234567), "1,234,567");
  EXPECT_EQ(format_count(1, "file", "files"), "1 file");
  EXPECT_EQ(format_count(0, "file", "files"), "0 files");
  EXPECT_EQ(format_count(1200, "file", "files"), "1,200 files");
}

struct parse_case {
  std::string_view text;
  std::optional<std::uint64_t> want;
};

TEST(units, parse_number) {
  const parse_case cases[] = {{"0", 0},
                              {"42", 42},
                              {"18446744073709551615", 18446744073709551615ULL},
                              {"", std::nullopt},
                              {"-1", std::nullopt},
                              {"+1", std::nullopt},
                              {" 1", std::nullopt},
                              {"1 ", std::nullopt},
                              {"1k", std::nullopt},
                              {"0x10", std::nullopt},
                              {"18446744073709551616", std::nullopt}};
  for (const parse_case& c : cases) {
    const auto number = parse_number(c.text);
    EXPECT_EQ(number.has_value(), c.want.has_value()) << c.text;
    if (number && c.want) {
      EXPECT_EQ(*number, *c.want);
    }
  }
  EXPECT_EQ(parse_number("x").error(), "not a number");
  EXPECT_EQ(parse_number("99999999999999999999").error(), "too large");
  EXPECT_EQ(parse_number("99999999999999999999x").error(), "not a number");
}

TEST(units, parse_size) {
  const parse_case cases[] = {{"0", 0},
                              {"4096", 4096},
                              {"64K", 65536},
                              {"64k", 65536},
                              {"1M", 1048576},
                              {"2G", 2147483648},
                              {"2GiB", 2147483648},
                              {"15E", 15ULL << 60},
                              {"16E", std::nullopt},
                              {"18446744073709551615", 18446744073709551615ULL},
                              {"18014398509481984K", std::nullopt},
                              {"18014398509481983K", 18014398509481983ULL << 10},
                              {"", std::nullopt},
                              {"K", std::nullopt},
                              {"1.5G", std::nullopt},
                              {"1KB", std::nullopt},
                              {"1X", std::nullopt},
                              {"1KK", std::nullopt},
                              {"-1K", std::nullopt},
                              {"1 K", std::nullopt},
                              {"1+", std::nullopt}};
  for (const parse_case& c : cases) {
    const auto bytes = parse_size(c.text);
    EXPECT_EQ(bytes.has_value(), c.want.has_value()) << c.text;
    if (bytes && c.want) {
      EXPECT_EQ(*bytes, *c.want) << c.text;
    }
  }
  EXPECT_EQ(parse_size("16E").error(), "too large");
}

}  // namespace
}  // namespace cli
