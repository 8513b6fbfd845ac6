#include "copytree/shell/wording.h"

#include <gtest/gtest.h>

namespace copytree {
namespace {

TEST(wording, names_what_failed_and_why) {
  const error missing{.what = operation::stat_source,
                      .reason = std::errc::no_such_file_or_directory,
                      .source = "a b",
                      .destination = "c"};
  EXPECT_EQ(describe(missing), "cannot stat 'a b': No such file or directory");
  const auto bare = [](std::string_view name) { return std::string(name); };
  EXPECT_EQ(describe(missing, bare), "cannot stat a b: No such file or directory");
  EXPECT_EQ(describe_copy("a", "b", bare), "a -> b");
}

TEST(wording, tells_how_a_process_was_lost) {
  const error lost{.what = operation::lose_process,
                   .source = "a",
                   .destination = "b",
                   .ending = "process 7 was killed by signal 9"};
  EXPECT_EQ(describe(lost), "cannot copy 'a': process 7 was killed by signal 9");
}

struct question_case {
  question about;
  const char* text;
};

TEST(wording, asks_as_cp_does) {
  const question_case cases[] = {
      {{.destination = "b"}, "overwrite 'b'? "},
      {{.destination = "b", .unwritable = 0444, .removes = true},
       "replace 'b', overriding mode 0444 (r--r--r--)? "},
      {{.destination = "b", .unwritable = 0444},
       "unwritable 'b' (mode 0444, r--r--r--); try anyway? "},
      {{.destination = "b", .unwritable = 07755, .removes = true},
       "replace 'b', overriding mode 7755 (rwsr-sr-t)? "},
      {{.destination = "b", .unwritable = 07000, .removes = true},
       "replace 'b', overriding mode 7000 (--S--S--T)? "},
  };
  for (const question_case& c : cases) EXPECT_EQ(describe(c.about), c.text);
}

TEST(wording, tells_how_content_got_across) {
  EXPECT_EQ(describe(transfer{}), "copy offload: unknown, reflink: unknown, sparse detection: no");
  EXPECT_EQ(
      describe(transfer{.offload = means::yes, .reflink = means::unsupported, .seeks_holes = true}),
      "copy offload: yes, reflink: unsupported, sparse detection: SEEK_HOLE");
  EXPECT_EQ(describe(transfer{.offload = means::avoided,
                              .reflink = means::no,
                              .seeks_holes = true,
                              .finds_zeros = true}),
            "copy offload: avoided, reflink: no, sparse detection: SEEK_HOLE + zeros");
  EXPECT_EQ(describe(transfer{.finds_zeros = true}),
            "copy offload: unknown, reflink: unknown, sparse detection: zeros");
}

}  // namespace
}  // namespace copytree
