#include "countips/formats/line_splitter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace countips {
namespace {

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  line_splitter splitter(text);
  for (std::string_view line; splitter.next(line);) lines.emplace_back(line);
  return lines;
}

std::vector<std::string> lines_one_byte_after_the_other(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

TEST(line_splitter, gives_each_line_without_its_end) {
  using list = std::vector<std::string>;
  EXPECT_EQ(lines_of(""), list{});
  EXPECT_EQ(lines_of("\n"), list{""});
  EXPECT_EQ(lines_of("a"), list{"a"});
  EXPECT_EQ(lines_of("a\n"), list{"a"});
  EXPECT_EQ(lines_of("a\r\n\nb"), (list{"a\r", "", "b"}));
}

// Lengths around those that are looked at together, at every alignment.
TEST(line_splitter, agrees_with_a_search_for_each_line_end) {
  std::mt19937_64 random(1);
  for (const std::size_t mean : {1, 3, 40, 64, 180, 5000}) {
    for (std::size_t size = 0; size < 300; ++size) {
      std::string text(size + (size % 10 == 0 ? 4096 : 0), 'x');
      for (char& c : text) c = random() % mean == 0 ? '\n' : "\r\x8a\v x"[random() % 5];
      const std::string_view from = std::string_view(text).substr(std::min(size, size % 17));
      ASSERT_EQ(lines_of(from), lines_one_byte_after_the_other(from));
    }
  }
}

TEST(line_splitter, takes_nothing_but_line_ends) {
  const std::string text(20'000, '\n');
  EXPECT_EQ(lines_of(text).size(), text.size());
}

}  // namespace
}  // namespace countips
