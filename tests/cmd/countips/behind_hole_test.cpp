#include "countips/input/behind_hole.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "cmd/countips/fake_files.h"
#include "countips/input/reading.h"

namespace countips {
namespace {

class behind_hole_of : public testing::Test {
 protected:
  std::unique_ptr<source> open_behind(fake_file file) {
    files_.files["log"] = std::move(file);
    auto opened = files_.open("log");
    EXPECT_TRUE(opened);
    return behind_hole(std::move(*opened));
  }

  fake_files files_;
};

std::string content_at(source& from, std::uint64_t offset) {
  std::string text(2'000'000, 'x');
  const auto got = read_fully_at(from, offset, text);
  text.resize(got.value_or(0));
  return text;
}

TEST_F(behind_hole_of, a_file_the_nuls_in_front_are_left_out) {
  for (const std::size_t hole : {0, 1, 4096, 1'000'000}) {
    const std::string text("ab\0c\n", 5);
    const auto from = open_behind({.content = std::string(hole, '\0') + text});
    EXPECT_EQ(from->size(), text.size());
    EXPECT_EQ(content_at(*from, 0), text);
    EXPECT_EQ(content_at(*from, 3), text.substr(3));
    std::string read(3, 'x');
    EXPECT_EQ(from->read(read), 3u);
    EXPECT_EQ(read, text.substr(0, 3));
  }
}

TEST_F(behind_hole_of, what_has_nothing_else_or_cannot_be_read_nothing_is_left_out) {
  EXPECT_EQ(open_behind({.content = std::string(100, '\0')})->size(), 100u);
  EXPECT_EQ(open_behind({.content = std::string("\0a", 2), .fails_at = 0})->size(), 2u);
  EXPECT_EQ(open_behind({.content = std::string("\0a", 2), .is_pipe = true})->size(), std::nullopt);
}

}  // namespace
}  // namespace countips
