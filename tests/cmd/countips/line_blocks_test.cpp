#include "countips/input/line_blocks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace countips {
namespace {

// Gives a text in pieces of some size, then perhaps fails.
class text_stream final : public byte_stream {
 public:
  text_stream(std::string text, std::size_t piece, std::optional<failure> failed = {})
      : text_(std::move(text)), piece_(piece), failed_(failed) {}

  par::expected<std::size_t, failure> read(std::span<char> into) override {
    if (at_ == text_.size() && failed_) return par::unexpected<failure>(*failed_);
    const std::size_t size = std::min({into.size(), piece_, text_.size() - at_});
    std::copy_n(text_.data() + at_, size, into.data());
    at_ += size;
    return size;
  }

 private:
  std::string text_;
  std::size_t piece_;
  std::optional<failure> failed_;
  std::size_t at_ = 0;
};

std::vector<std::string> blocks_of(line_blocks& blocks) {
  std::vector<std::string> texts;
  for (const text_block& block : blocks) texts.emplace_back(block.text());
  return texts;
}

std::vector<std::string> cut(const std::string& text, std::size_t piece, std::size_t block_size,
                             std::size_t longest_line = 1 << 20) {
  text_stream stream(text, piece);
  line_blocks blocks(stream, block_size, longest_line);
  auto texts = blocks_of(blocks);
  EXPECT_EQ(blocks.failed(), std::nullopt);
  return texts;
}

std::string join(const std::vector<std::string>& pieces) {
  std::string all;
  for (const std::string& piece : pieces) all += piece;
  return all;
}

TEST(line_blocks, end_at_line_ends) {
  EXPECT_EQ(cut("ab\ncd\nef\n", 100, 7), (std::vector<std::string>{"ab\ncd\n", "ef\n"}));
  EXPECT_EQ(cut("ab\ncd\nef", 100, 4), (std::vector<std::string>{"ab\n", "cd\n", "ef"}));
  EXPECT_EQ(cut("", 100, 4), std::vector<std::string>{});
}

TEST(line_blocks, hold_the_whole_text_however_it_comes) {
  const std::string text = "a\nbcd\n\n\nefghijklmnop\nq\n\nrstu";
  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    for (std::size_t size = 1; size <= text.size() + 1; ++size) {
      const std::vector<std::string> blocks = cut(text, piece, size);
      EXPECT_EQ(join(blocks), text);
      for (std::size_t i = 0; i + 1 < blocks.size(); ++i) EXPECT_EQ(blocks[i].back(), '\n');
    }
  }
}

TEST(line_blocks, skip_the_rest_of_lines_that_are_too_long) {
  const std::string long_line(100, 'x');
  for (std::size_t piece = 1; piece <= 40; ++piece) {
    for (const std::size_t size : {1, 4, 16, 33}) {
      const auto blocks = cut("a\n" + long_line + "\nb\n" + long_line, piece, size, 10);
      // Line by line, as far as lines are looked at.
      std::vector<std::string> lines;
      for (const std::string& block : blocks) {
        for (std::size_t at = 0; at < block.size();) {
          const std::size_t end = std::min(block.find('\n', at), block.size());
          lines.push_back(block.substr(at, std::min<std::size_t>(end - at, 10)));
          at = end + 1;
        }
      }
      EXPECT_EQ(lines, (std::vector<std::string>{"a", long_line.substr(0, 10), "b",
                                                 long_line.substr(0, 10)}))
          << piece << ' ' << size;
    }
  }
}

TEST(line_blocks, bound_the_memory_that_one_line_takes) {
  text_stream stream(std::string(10'000'000, 'x'), 4096);
  line_blocks blocks(stream, 4096, 65'536);
  std::size_t largest = 0;
  for (const text_block& block : blocks) largest = std::max(largest, block.capacity);
  EXPECT_LE(largest, 65'536u);
}

TEST(line_blocks, give_what_came_before_a_failure) {
  const failure truncated{failure::kind::truncated};
  text_stream stream("ab\ncd\nef", 3, truncated);
  line_blocks blocks(stream, 4, 100);
  EXPECT_EQ(join(blocks_of(blocks)), "ab\ncd\nef");
  EXPECT_EQ(blocks.failed(), truncated);
}

}  // namespace
}  // namespace countips
