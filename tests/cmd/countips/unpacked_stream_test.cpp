#include "countips/input/unpacked_stream.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "cmd/countips/drain.h"
#include "cmd/countips/packing.h"

namespace countips {
namespace {

class unpacked : public testing::TestWithParam<packing> {
 protected:
  static std::string packed(std::string_view text) { return pack(GetParam(), text); }
};

INSTANTIATE_TEST_SUITE_P(methods, unpacked, testing::ValuesIn(all_packings),
                         [](const auto& each) { return name_of(each.param); });

TEST_P(unpacked, whatever_the_pieces) {
  const std::string text = some_text(20'000);
  const std::string file = packed(text);
  for (const std::size_t most : {std::size_t{1}, std::size_t{17}, fake_file::never}) {
    for (const std::size_t piece : {1, 2, 333, 100'000}) {
      EXPECT_EQ(drain({.content = file, .most_a_call = most, .interrupt_each = 5}, piece),
                (stream_result{text, std::nullopt}));
    }
  }
}

TEST_P(unpacked, large_files) {
  const std::string text = some_text(3'000'000);
  EXPECT_EQ(drain({.content = packed(text)}, 70'000), (stream_result{text, std::nullopt}));
}

TEST_P(unpacked, members_are_joined_and_zeros_behind_ignored) {
  const std::string file = packed("ab\nc") + packed("") + std::string(8, '\0') + packed("d\n");
  for (const std::size_t zeros : {0, 1, 512, 200'000}) {
    const fake_file padded{.content = file + std::string(zeros, '\0'), .most_a_call = 5};
    EXPECT_EQ(drain(padded), (stream_result{"ab\ncd\n", std::nullopt})) << zeros;
  }
}

TEST_P(unpacked, truncated_files_give_their_readable_part) {
  const std::string text = some_text(400'000);
  const std::string file = packed(text);
  for (std::size_t size = 10; size < file.size(); size += file.size() / 47) {
    const stream_result result = drain({.content = file.substr(0, size)});
    EXPECT_EQ(result.failed, failure{failure::kind::truncated}) << size;
    EXPECT_TRUE(text.starts_with(result.text));
  }
  const stream_result most = drain({.content = file.substr(0, file.size() - 1)});
  EXPECT_GT(most.text.size(), text.size() / 2);
}

TEST_P(unpacked, second_members_may_be_truncated) {
  const std::string second = packed("cd\n");
  const std::string file = packed("ab\n") + second;
  for (std::size_t missing = 1; missing < second.size(); ++missing) {
    const stream_result result = drain({.content = file.substr(0, file.size() - missing)});
    EXPECT_TRUE(result.text.starts_with("ab\n"));
    EXPECT_EQ(result.failed, failure{failure::kind::truncated}) << missing;
  }
}

TEST_P(unpacked, damage_is_told_after_what_came_before) {
  const std::string text = some_text(1'000'000);
  std::string file = packed(text);
  for (std::size_t i = 0; i < 64; ++i) file[file.size() * 3 / 4 + i] = '\xff';
  const stream_result result = drain({.content = file}, 500'000);
  EXPECT_EQ(result.failed, failure{failure::kind::corrupt});
  EXPECT_GT(result.text.size(), text.size() / 3);
  EXPECT_TRUE(text.starts_with(result.text.substr(0, text.size() / 3)));
}

TEST_P(unpacked, what_follows_the_last_member_is_told) {
  const std::string file = packed("ab\n");
  for (const std::string& rest : {std::string("x"), std::string("garbage and more"),
                                  file.substr(0, 1) + "garbage and more"}) {
    EXPECT_EQ(drain({.content = file + rest}), failed("ab\n", failure::kind::trailing)) << rest;
  }
}

TEST_P(unpacked, read_errors_are_told) {
  const std::string file = packed(some_text(50'000));
  EXPECT_EQ(drain({.content = file, .fails_at = file.size() / 2}).failed,
            (failure{failure::kind::read, EIO}));
  EXPECT_EQ(drain({.content = file, .fails_at = file.size()}).failed,
            (failure{failure::kind::read, EIO}));
}

// A file of random members, and what each cut of it must give.
struct member_file {
  std::string packed;
  std::string text;
  std::vector<std::pair<std::size_t, std::size_t>> ends;  // Of each member: in packed, in text.

  member_file(packing how, std::mt19937_64& random) {
    const std::size_t members = 1 + random() % 4;
    for (std::size_t i = 0; i < members; ++i) {
      const std::string part = random() % 5 == 0 ? "" : some_text(random() % 40'000, random());
      packed += pack(how, part);
      text += part;
      ends.emplace_back(packed.size(), text.size());
      packed.append(4 * (random() % 3), '\0');
    }
  }

  // The text of whole members if nothing but zeros follows them before the cut.
  [[nodiscard]] std::optional<std::string> whole_text_at(std::size_t cut) const {
    for (const auto& [end, text_end] : ends) {
      const bool only_zeros_follow = packed.find_first_not_of('\0', end) >= cut;
      if (end <= cut && only_zeros_follow) return text.substr(0, text_end);
    }
    return std::nullopt;
  }
};

TEST_P(unpacked, files_cut_anywhere_give_their_beginning_and_say_so) {
  std::mt19937_64 random(7);
  for (int round = 0; round < 30; ++round) {
    const member_file file(GetParam(), random);
    for (int i = 0; i < 12; ++i) {
      const std::size_t cut = 10 + random() % (file.packed.size() - 9);
      const stream_result result =
          drain({.content = file.packed.substr(0, cut), .most_a_call = 1 + random() % 3000},
                1 + random() % 5000);
      const std::optional<std::string> whole = file.whole_text_at(cut);
      EXPECT_EQ(result.failed.has_value(), !whole) << cut;
      EXPECT_TRUE(whole ? result.text == *whole : file.text.starts_with(result.text)) << cut;
    }
  }
}

TEST_P(unpacked, files_damaged_anywhere_never_give_another_text_silently) {
  std::mt19937_64 random(8);
  for (int round = 0; round < 30; ++round) {
    const member_file file(GetParam(), random);
    for (int i = 0; i < 12; ++i) {
      std::string damaged = file.packed;
      const std::size_t place = 10 + random() % (damaged.size() - 10);
      damaged[place] = static_cast<char>(damaged[place] ^ (1 << random() % 8));
      const stream_result result = drain({.content = damaged}, 1 + random() % 5000);
      EXPECT_TRUE(result.failed.has_value() || result.text == file.text) << place;
    }
  }
}

TEST(unpacked_zstd, skips_frames_that_hold_no_data) {
  const std::string skippable("\x5a\x2a\x4d\x18\x03\x00\x00\x00xyz", 11);
  const std::string file = pack(packing::zstd, "ab\n");
  EXPECT_EQ(drain({.content = skippable + file + skippable + file}),
            (stream_result{"ab\nab\n", std::nullopt}));
  EXPECT_EQ(drain({.content = skippable}), (stream_result{"", std::nullopt}));
}

TEST(unpacked_gzip, has_a_checksum_that_is_looked_at) {
  const std::string text = some_text(50'000);
  std::string file = pack(packing::gzip, text);
  file[file.size() - 6] = static_cast<char>(file[file.size() - 6] ^ 1);
  EXPECT_EQ(drain({.content = file}), failed(text, failure::kind::corrupt));
  EXPECT_EQ(drain({.content = "\x1f\x8bno gzip at all"}), failed("", failure::kind::corrupt));
}

}  // namespace
}  // namespace countips
