#include "countips/shell/bad_limit.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace countips {
namespace {

TEST(bad_limit, is_a_number_or_a_share) {
  for (const char* good : {"0", "7", "100000", "0%", "1%", "0.5%", "100%"}) {
    EXPECT_TRUE(bad_limit::parse(good)) << good;
  }
  for (const char* bad : {"", "%", "-1", "-1%", "101%", "1.5", "x", "1 %", "1%%", "nan%", "inf"}) {
    EXPECT_FALSE(bad_limit::parse(bad)) << bad;
  }
}

struct limit_case {
  const char* limit;
  std::uint64_t rejected;
  bool is_exceeded;
};

TEST(bad_limit, does_not_count_blank_lines_and_comments) {
  const line_counts lines{.lines = 250, .accepted = 190, .comments = 20, .blank = 30};
  for (const limit_case& c : std::vector<limit_case>{{"10", 10, false},
                                                     {"10", 11, true},
                                                     {"5%", 10, false},
                                                     {"5%", 11, true},
                                                     {"0", 0, false},
                                                     {"0%", 1, true}}) {
    line_counts some = lines;
    some.rejected = c.rejected;
    EXPECT_EQ(bad_limit::parse(c.limit)->is_exceeded(some), c.is_exceeded) << c.limit;
  }
  EXPECT_FALSE(bad_limit().is_exceeded(lines));
  EXPECT_FALSE(bad_limit::parse("0%")->is_exceeded({}));
}

}  // namespace
}  // namespace countips
