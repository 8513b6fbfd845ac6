#include "countips/byte_stream.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <random>
#include <string>
#include <vector>

#include "cmd/countips/fake_files.h"
#include "cmd/countips/gzip.h"

namespace countips {
namespace {

struct stream_result {
  std::string text;
  std::optional<failure> failed;

  friend bool operator==(const stream_result&, const stream_result&) = default;
};

// All that a stream gives, read in pieces of some size.
stream_result drain(fake_file file, std::size_t piece = 1000, std::uint64_t* counted = nullptr) {
  fake_files files;
  files.files["in"] = std::move(file);
  const auto from = files.open("in");
  const std::atomic<bool> stop{false};
  std::atomic<std::uint64_t> bytes{0};
  auto stream = open_stream(**from, stop, bytes);
  if (!stream) return {"", stream.error()};
  stream_result result;
  std::vector<char> buffer(piece);
  for (;;) {
    const auto got = (*stream)->read(buffer);
    if (!got) result.failed = got.error();
    if (!got || *got == 0) break;
    result.text.append(buffer.data(), *got);
  }
  if (counted != nullptr) *counted = bytes;
  return result;
}

std::string some_text(std::size_t size) {
  std::mt19937_64 random(1);
  std::string text;
  while (text.size() < size) text += "line " + std::to_string(random() % 100'000) + '\n';
  return text;
}

stream_result failed(std::string text, failure::kind why) {
  return {std::move(text), failure{why}};
}

TEST(byte_stream, gives_plain_bytes_as_they_are) {
  for (const std::string& text : {std::string(), std::string("a"), std::string("\x1f"),
                                  std::string("\x1fx"), std::string("ab\ncd"), some_text(5000)}) {
    for (const std::size_t most : {std::size_t{1}, std::size_t{3}, fake_file::never}) {
      EXPECT_EQ(drain({.content = text, .most_a_call = most, .interrupt_each = 3}),
                (stream_result{text, std::nullopt}));
    }
  }
}

TEST(byte_stream, unpacks_gzip_whatever_the_pieces) {
  const std::string text = some_text(20'000);
  const std::string packed = gzip(text);
  for (const std::size_t most : {std::size_t{1}, std::size_t{17}, fake_file::never}) {
    for (const std::size_t piece : {1, 2, 333, 100'000}) {
      EXPECT_EQ(drain({.content = packed, .most_a_call = most}, piece),
                (stream_result{text, std::nullopt}));
    }
  }
}

TEST(byte_stream, unpacks_large_gzip) {
  const std::string text = some_text(3'000'000);
  EXPECT_EQ(drain({.content = gzip(text)}, 70'000), (stream_result{text, std::nullopt}));
}

TEST(byte_stream, joins_members_and_ignores_zeros_behind) {
  const std::string packed = gzip("ab\nc") + gzip("") + gzip("d\n");
  for (const std::size_t zeros : {0, 1, 512, 200'000}) {
    const fake_file file{.content = packed + std::string(zeros, '\0'), .most_a_call = 5};
    EXPECT_EQ(drain(file), (stream_result{"ab\ncd\n", std::nullopt})) << zeros;
  }
}

TEST(byte_stream, gives_the_readable_part_of_a_truncated_file) {
  const std::string text = some_text(50'000);
  const std::string packed = gzip(text);
  for (std::size_t size = 2; size < packed.size(); size += packed.size() / 97) {
    const stream_result result = drain({.content = packed.substr(0, size)});
    EXPECT_EQ(result.failed, failure{failure::kind::truncated}) << size;
    EXPECT_TRUE(text.starts_with(result.text));
  }
  const stream_result half = drain({.content = packed.substr(0, packed.size() / 2)});
  EXPECT_GT(half.text.size(), text.size() / 4);
  // All data are there, only the trailer is not whole.
  for (std::size_t missing = 1; missing <= 8; ++missing) {
    EXPECT_EQ(drain({.content = packed.substr(0, packed.size() - missing)}),
              failed(text, failure::kind::truncated))
        << missing;
  }
}

TEST(byte_stream, tells_of_a_second_member_that_is_truncated) {
  const std::string packed = gzip("ab\n") + gzip("cd\n");
  for (std::size_t missing = 1; missing < gzip("cd\n").size(); ++missing) {
    const stream_result result = drain({.content = packed.substr(0, packed.size() - missing)});
    EXPECT_TRUE(result.text.starts_with("ab\n"));
    EXPECT_EQ(result.failed, failure{failure::kind::truncated}) << missing;
  }
}

TEST(byte_stream, tells_of_damage) {
  const std::string text = some_text(50'000);
  std::string wrong_sum = gzip(text);
  wrong_sum[wrong_sum.size() - 6] = static_cast<char>(wrong_sum[wrong_sum.size() - 6] ^ 1);
  EXPECT_EQ(drain({.content = wrong_sum}), failed(text, failure::kind::corrupt));

  std::string wrong_data = gzip(text);
  for (std::size_t i = 0; i < 64; ++i) wrong_data[wrong_data.size() / 2 + i] = '\xff';
  EXPECT_EQ(drain({.content = wrong_data}).failed, failure{failure::kind::corrupt});

  EXPECT_EQ(drain({.content = "\x1f\x8bno gzip at all"}), failed("", failure::kind::corrupt));
}

TEST(byte_stream, tells_of_what_follows_the_last_member) {
  EXPECT_EQ(drain({.content = gzip("ab\n") + "garbage"}), failed("ab\n", failure::kind::trailing));
  EXPECT_EQ(drain({.content = gzip("ab\n") + "\x1fgarbage..."}),
            failed("ab\n", failure::kind::trailing));
}

TEST(byte_stream, passes_read_errors_on_after_what_came_before) {
  const stream_result plain = drain({.content = "abcdef", .fails_at = 4});
  EXPECT_EQ(plain, (stream_result{"abcd", failure{failure::kind::read, EIO}}));
  EXPECT_EQ(drain({.content = "ab", .fails_at = 0}).failed, (failure{failure::kind::read, EIO}));
  const std::string packed = gzip(some_text(50'000));
  EXPECT_EQ(drain({.content = packed, .fails_at = packed.size() / 2}).failed,
            (failure{failure::kind::read, EIO}));
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
