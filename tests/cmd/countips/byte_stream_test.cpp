#include "countips/input/byte_stream.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <string>

#include "cmd/countips/drain.h"
#include "cmd/countips/gzip.h"

namespace countips {
namespace {

TEST(byte_stream, gives_plain_bytes_as_they_are) {
  for (const std::string& text :
       {std::string(), std::string("a"), std::string("\x1f"), std::string("\x1fx"),
        std::string("BZh91.example.com - -"), std::string("\xfd\x37\x7a\x58\x5a"),
        std::string("\x28\xb5\x2f"), std::string("Px*M"), std::string("ab\ncd"), some_text(5000)}) {
    for (const std::size_t most : {std::size_t{1}, std::size_t{3}, fake_file::never}) {
      EXPECT_EQ(drain({.content = text, .most_a_call = most, .interrupt_each = 3}),
                (stream_result{text, std::nullopt}));
    }
  }
}

TEST(byte_stream, passes_read_errors_on_after_what_came_before) {
  const stream_result plain = drain({.content = "abcdefghijklmn", .fails_at = 12});
  EXPECT_EQ(plain, (stream_result{"abcdefghijkl", failure{failure::kind::read, EIO}}));
  EXPECT_EQ(drain({.content = "ab", .fails_at = 0}).failed, (failure{failure::kind::read, EIO}));
  EXPECT_EQ(drain({.content = "abcd", .fails_at = 3}),
            (stream_result{"abc", failure{failure::kind::read, EIO}}));
}

TEST(byte_stream, counts_the_bytes_of_the_source) {
  std::uint64_t counted = 0;
  static_cast<void>(drain({.content = "abcdef"}, 4, &counted));
  EXPECT_EQ(counted, 6u);
  const std::string packed = gzip(some_text(50'000));
  static_cast<void>(drain({.content = packed}, 4, &counted));
  EXPECT_EQ(counted, packed.size());
}

TEST(byte_stream, ends_when_asked_to_stop) {
  fake_files files;
  files.files["in"] = {.content = "abc"};
  const auto from = files.open("in");
  const std::atomic<bool> stop{true};
  std::atomic<std::uint64_t> bytes{0};
  const auto stream = open_stream(**from, stop, bytes);
  ASSERT_FALSE(stream.has_value());
  EXPECT_EQ(stream.error(), (failure{failure::kind::read, ECANCELED}));
}

}  // namespace
}  // namespace countips
