#include "countips/input/rotation_order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace countips {
namespace {

struct order_case {
  const char* name;
  std::vector<std::string> paths;  // As they are to come.
};

const order_case cases[] = {
    {"numbers", {"access.log.10.gz", "access.log.2.gz", "access.log.1", "access.log"}},
    {"a number from nought", {"a.log.1", "a.log", "a.log.0"}},
    {"numbers before the extension", {"access.10.log", "access.2.log.xz", "access.log"}},
    {"dates",
     {"access.log-20231231.gz", "access.log-20240101.zst", "access.log-20240102", "access.log"}},
    {"dates and hours", {"a-2024010109.log", "a-2024010110.log", "a-2024010201.log", "a.log"}},
    {"dates in words", {"a-2023-12-31.log", "a-2024-01-02.log", "a-2024-01-10.log"}},
    {"dates with a time",
     {"a.2024-01-01T09-00.log", "a.2024-01-01T10-00.log", "a.2024-01-02T01-00.log", "a.log"}},
    {"dates and numbers",
     {"a-2024-01-31.log.2.gz", "a-2024-01-31.log.1", "a-2024-01-31.log", "a-2024-02-01.log",
      "a.log"}},
    {"dates in front", {"20240101-a.log", "20240102-a.log", "a.log"}},
    {"seconds since 1970", {"a.log-1699999999", "a.log-1700000000.gz", "a.log"}},
    {"several logs", {"a.log.2", "a.log.1", "a.log", "b.log.10", "b.log.9", "b.log", "error.log"}},
    {"hosts", {"web9/a.log.1", "web9/a.log", "web10/a.log.1", "web10/a.log"}},
    {"IIS", {"u_ex231231.log", "u_ex240101.log", "u_ex240102.log"}},
    {"months", {"a-2023-12.log", "a-2024-01.log", "a-2024-02.log"}},
    {"no dates: months and days that are none",
     {"a20241301b1.log", "a20241301b2.log", "a20241301b10.log"}},
    {"dates of folders do not count", {"20240101/a.log.2", "20240101/a.log", "20240102/a.log.2"}},
    {"one log, twice", {"a.log.1", "a.log.1.gz", "a.log", "a.log.gz"}},
    {"nothing but digits", {"1", "2", "010", "10", "11"}},
};

TEST(rotation_order, is_from_the_oldest_to_the_youngest) {
  std::mt19937 random(3);
  for (const order_case& each : cases) {
    SCOPED_TRACE(each.name);
    for (int round = 0; round < 20; ++round) {
      std::vector<std::string> paths = each.paths;
      std::ranges::shuffle(paths, random);
      std::ranges::sort(paths, rotates_before);
      EXPECT_EQ(paths, each.paths);
    }
  }
}

TEST(rotation_order, is_an_order_of_whatever_names) {
  std::mt19937 random(4);
  const std::vector<std::string> parts = {"a",   "access",    ".log", ".1",         ".02",
                                          ".10", "-20240101", "/",    ".gz",        "-",
                                          "1",   "2024-01",   "0",    "-1700000000"};
  std::vector<std::string> names;
  for (int i = 0; i < 25; ++i) {
    std::string name;
    for (std::size_t k = random() % 6; k-- > 0;) name += parts[random() % parts.size()];
    names.push_back(name);
  }
  for (const std::string& a : names) {
    for (const std::string& b : names) {
      EXPECT_EQ(rotates_before(a, b) || rotates_before(b, a), a != b) << a << ' ' << b;
      EXPECT_FALSE(rotates_before(a, b) && rotates_before(b, a)) << a << ' ' << b;
      for (const std::string& c : names) {
        EXPECT_TRUE(!rotates_before(a, b) || !rotates_before(b, c) || rotates_before(a, c))
            << a << ' ' << b << ' ' << c;
      }
    }
  }
}

}  // namespace
}  // namespace countips
