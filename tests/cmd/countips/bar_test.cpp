#include "countips/render/bar.h"

#include <gtest/gtest.h>

#include <cstdint>

#include "cli/utf8.h"

namespace countips {
namespace {

struct bar_case {
  std::uint64_t value;
  std::uint64_t most;
  int columns;
  const char* ascii;
  const char* blocks;
};

const bar_case cases[] = {
    {0, 1, 4, "", ""},
    {1, 1, 4, "####", "\u2588\u2588\u2588\u2588"},
    {0, 0, 4, "", ""},
    {1, 2, 4, "##", "\u2588\u2588"},
    {1, 1000000, 4, "#", "\u258f"},
    {3, 8, 1, "#", "\u258d"},
    {5, 8, 1, "#", "\u258b"},
    {9, 16, 2, "#", "\u2588\u258f"},
    {15, 16, 2, "##", "\u2588\u2589"},
    {UINT64_MAX, UINT64_MAX, 2, "##", "\u2588\u2588"},
    {UINT64_MAX / 2, UINT64_MAX, 2, "#", "\u2588"},
};

TEST(bar, is_as_long_as_its_share) {
  for (const bar_case& c : cases) {
    SCOPED_TRACE(::testing::Message() << c.value << " of " << c.most << " in " << c.columns);
    EXPECT_EQ(bar(c.value, c.most, c.columns, bar_characters::ascii), c.ascii);
    EXPECT_EQ(bar(c.value, c.most, c.columns, bar_characters::blocks), c.blocks);
  }
}

TEST(bar, grows_with_its_value_and_never_beyond_its_columns) {
  constexpr int columns = 7;
  for (const bar_characters made_of : {bar_characters::ascii, bar_characters::blocks}) {
    int last = 0;
    for (std::uint64_t value = 0; value <= 500; ++value) {
      const int width = cli::width(bar(value, 500, columns, made_of));
      EXPECT_GE(width, last) << value;
      EXPECT_LE(width, columns) << value;
      EXPECT_EQ(width == 0, value == 0);
      last = width;
    }
    EXPECT_EQ(last, columns);
  }
}

}  // namespace
}  // namespace countips
