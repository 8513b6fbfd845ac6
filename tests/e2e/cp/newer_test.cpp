// What cp has learned since version 9.1, as its manual describes it.
#include <gmock/gmock.h>

#include <ostream>
#include <string>
#include <vector>

#include "e2e/cp/cp_case.h"
#include "e2e/cp/cp_world.h"

namespace cp_cases {
namespace {

struct newer_case {
  const char* setup;
  const char* line;
  int status;
  std::vector<std::string> out;  // Sorted lines.
  std::vector<std::string> err;
};

void PrintTo(const newer_case& which, std::ostream* out) {
  *out << which.line;
}

constexpr const char* two =
    "echo old > old; echo new > new; touch -d @1000 old; mkdir d; ln -s d l";

const newer_case cases[] = {
    {two, "cp --update=all old new; cat new", 0, {"old"}, {}},
    {two, "cp --update=none old new; cat new", 0, {"new"}, {}},
    {two, "cp --update=none old fresh; cat fresh", 0, {"old"}, {}},
    {two, "cp -v --update=none old new", 0, {}, {}},
    {two, "cp --update=none-fail old new", 1, {}, {"cp: not replacing 'new'"}},
    {two, "cp --update=none-fail old fresh; cat fresh", 0, {"old"}, {}},
    {two, "cp --update=older old new; cat new", 0, {"new"}, {}},
    {two, "cp --update=older new old; cat old", 0, {"new"}, {}},
    {two, "cp --update old new; cat new", 0, {"new"}, {}},
    {two, "cp -u --update=all old new; cat new", 0, {"old"}, {}},
    {two, "cp --update=none -f old new; cat new", 0, {"new"}, {}},
    {two,
     "cp --update=no old new",
     1,
     {},
     {"  - 'all'", "  - 'none'", "  - 'none-fail'", "  - 'older'",
      "Try 'cp --help' for more information.",
      "Valid arguments are:", "cp: ambiguous argument 'no' for '--update'"}},
    {two,
     "cp -b --update=none-fail old new",
     1,
     {},
     {"Try 'cp --help' for more information.",
      "cp: --backup is mutually exclusive with -n or --update=none-fail"}},
    {"mkdir -p a/s b/t; echo x > a/s/f; ln -s t b/s",
     "cp -rT a b",
     1,
     {},
     {"cp: cannot overwrite non-directory 'b/s' with directory 'a/s'"}},
    {"mkdir -p a/s b/t; echo x > a/s/f; ln -s t b/s",
     "cp -rT --keep-directory-symlink a b; cat b/t/f; readlink b/s",
     0,
     {"t", "x"},
     {}},
    {"mkdir -p a/s b; echo x > a/s/f; ln -s nowhere b/s",
     "cp -rT --keep-directory-symlink a b",
     1,
     {},
     {"cp: cannot overwrite non-directory 'b/s' with directory 'a/s'"}},
    {"mkdir -p a/s b; echo x > a/s/f; echo t > b/t; ln -s t b/s",
     "cp -rT --keep-directory-symlink a b",
     1,
     {},
     {"cp: cannot overwrite non-directory 'b/s' with directory 'a/s'"}},
    {"echo x > a",
     "cp --debug a b | sed 's/: [a-zA-Z_ +]*/: ?/g'",
     0,
     {"'a' -> 'b'", "copy offload: ?, reflink: ?, sparse detection: ?"},
     {}},
    {"head -c 300000 /dev/zero > a",
     "cp --debug --reflink=never --sparse=always a b",
     0,
     {"'a' -> 'b'", "copy offload: avoided, reflink: no, sparse detection: zeros"},
     {}},
    {"mkdir d", "cp -r --debug d e", 0, {"'d' -> 'e'"}, {}},
};

class cp_newer : public testing::TestWithParam<newer_case> {};

TEST_P(cp_newer, does_as_the_manual_says) {
  if (const std::string why = obstacle(); !why.empty()) GTEST_SKIP() << why;
  const newer_case& which = GetParam();
  cp_world world;
  const outcome ours = world.run_ours({.setup = which.setup, .line = which.line});
  EXPECT_EQ(ours.status, which.status);
  EXPECT_EQ(ours.out, which.out);
  EXPECT_EQ(ours.err, which.err);
}

INSTANTIATE_TEST_SUITE_P(manual, cp_newer, testing::ValuesIn(cases));

}  // namespace
}  // namespace cp_cases
