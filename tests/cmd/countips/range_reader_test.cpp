#include "countips/input/range_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <string>
#include <vector>

#include "cmd/countips/fake_files.h"

namespace countips {
namespace {

constexpr std::size_t no_limit = 1 << 20;

// The pieces that ranges of a given size give.
std::vector<std::string> cut(fake_file file, std::size_t range_size,
                             std::size_t longest_line = no_limit) {
  fake_files files;
  const std::uint64_t size = file.content.size();
  files.files["log"] = std::move(file);
  const auto from = files.open("log");
  range_reader reader;
  std::vector<std::string> pieces;
  for (std::uint64_t begin = 0; begin < size; begin += range_size) {
    const byte_range range{begin, std::min<std::uint64_t>(begin + range_size, size)};
    const or_errno<std::string_view> lines = reader.read(**from, range, longest_line);
    pieces.emplace_back(lines ? std::string(*lines) : "error " + std::to_string(lines.error()));
  }
  return pieces;
}

std::string join(const std::vector<std::string>& pieces) {
  std::string all;
  for (const std::string& piece : pieces) all += piece;
  return all;
}

TEST(range_reader, gives_each_line_to_the_range_it_starts_in) {
  EXPECT_EQ(cut({.content = "ab\ncd\nef\n"}, 3),
            (std::vector<std::string>{"ab\n", "cd\n", "ef\n"}));
  EXPECT_EQ(cut({.content = "ab\ncd\nef\n"}, 4),
            (std::vector<std::string>{"ab\ncd\n", "ef\n", ""}));
  EXPECT_EQ(cut({.content = "ab\ncd\nef"}, 2),
            (std::vector<std::string>{"ab\n", "cd\n", "", "ef"}));
  EXPECT_EQ(cut({.content = "\n\n\n"}, 1), (std::vector<std::string>{"\n", "\n", "\n"}));
  EXPECT_EQ(cut({.content = "abcdef"}, 2), (std::vector<std::string>{"abcdef", "", ""}));
}

TEST(range_reader, gives_every_line_once_wherever_the_cuts_are) {
  const std::string texts[] = {"a\n",
                               "\n",
                               "a",
                               "a\nbcd\n\n\nef\ng",
                               "ab\n\n\n\nc",
                               "\n\n\nabc",
                               "abc\ndefghij\nk\n\nlmnop\n"};
  for (const std::string& text : texts) {
    for (std::size_t size = 1; size <= text.size() + 1; ++size) {
      const std::vector<std::string> pieces = cut({.content = text}, size);
      EXPECT_EQ(join(pieces), text) << size;
      for (std::size_t i = 0; i + 1 < pieces.size(); ++i) {
        EXPECT_TRUE(
            pieces[i].empty() || pieces[i].back() == '\n' ||
            join({pieces.begin() + static_cast<std::ptrdiff_t>(i) + 1, pieces.end()}).empty());
      }
    }
  }
}

TEST(range_reader, finishes_lines_of_any_length) {
  const std::string text = "a\n" + std::string(100'000, 'x') + "\nb\n" + std::string(50'000, 'y');
  for (const std::size_t size : {1'000, 4'096, 10'000, 99'999, 1'000'000}) {
    EXPECT_EQ(join(cut({.content = text}, size)), text) << size;
  }
}

TEST(range_reader, stops_in_lines_that_are_too_long) {
  const std::string text = "a\n" + std::string(100'000, 'x') + "\nb\n";
  const std::vector<std::string> pieces = cut({.content = text}, 1'000, 500);
  EXPECT_EQ(pieces[0], text.substr(0, 1'500));
  for (std::size_t i = 1; i + 1 < pieces.size(); ++i) EXPECT_EQ(pieces[i], "");
  EXPECT_EQ(pieces.back(), "b\n");
}

TEST(range_reader, repeats_short_and_interrupted_reads) {
  const std::string text = "abc\ndefghij\nk\n\nlmnop\n";
  for (const std::size_t most : {1, 2, 7}) {
    EXPECT_EQ(join(cut({.content = text, .most_a_call = most, .interrupt_each = 2}, 5)), text);
  }
}

TEST(range_reader, reports_what_cannot_be_read) {
  // The second line has the bad byte, the third is behind it.
  const std::string error = "error " + std::to_string(EIO);
  EXPECT_EQ(cut({.content = "ab\ncd\nef\n", .fails_at = 4}, 3),
            (std::vector<std::string>{"ab\n", error, error}));
  EXPECT_EQ(cut({.content = "ab\ncd\nef\n", .fails_at = 0}, 9), std::vector<std::string>{error});
  // The range itself can be read, the end of its last line cannot.
  EXPECT_EQ(cut({.content = "abcdef\ngh\n", .fails_at = 5}, 3)[0], error);
}

TEST(range_reader, gives_bytes_a_place_like_that_in_the_file) {
  fake_files files;
  files.files["log"] = {.content = std::string(2'000, '\n')};
  const auto from = files.open("log");
  range_reader reader;
  for (std::uint64_t begin = 0; begin < 1'900; begin += 13) {
    const or_errno<std::string_view> lines = reader.read(**from, {begin, begin + 50}, no_limit);
    ASSERT_TRUE(lines);
    ASSERT_EQ(lines->size(), 50u);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(lines->data()) % 64, begin % 64);
  }
}

TEST(range_reader, bears_a_file_that_has_become_shorter) {
  fake_files files;
  files.files["log"] = {.content = "ab\ncd"};
  const auto from = files.open("log");
  range_reader reader;
  EXPECT_EQ(reader.read(**from, {0, 100}, no_limit), "ab\ncd");
  EXPECT_EQ(reader.read(**from, {4, 100}, no_limit), "");
  EXPECT_EQ(reader.read(**from, {50, 100}, no_limit), "");
}

}  // namespace
}  // namespace countips
