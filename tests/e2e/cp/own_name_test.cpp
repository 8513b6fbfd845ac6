// The options of cp under the name copytree: the same over an archive.
#include <gmock/gmock.h>

#include <ostream>
#include <string>
#include <vector>

#include "e2e/cp/cp_case.h"
#include "e2e/cp/cp_world.h"

namespace cp_cases {
namespace {

struct own_case {
  const char* line;
  int status;
  std::vector<std::string> out;       // Sorted lines.
  std::vector<std::string> err = {};  // The same, of copytree -q.
};

void PrintTo(const own_case& which, std::ostream* out) {
  *out << which.line;
}

// Times in the setup are those of the copy too, unless options say otherwise.
constexpr const char* setup =
    "echo one > a; chmod 640 a; touch -d @1000 a; echo two > b; touch -d @2000 b; ln b b2; ln -s a "
    "l; "
    "mkdir d e; echo f > d/f; ln -s f d/l; ln d/f d/h; mkfifo d/p";

const own_case cases[] = {
    {"copytree a b; cat b b2; stat -c '%a %Y' b", 0, {"640 1000", "one", "two"}},
    {"copytree -f --no-preserve=links a b; cat b b2", 0, {"one", "one"}},
    {"copytree --remove-destination -v a b; cat b2", 0, {"'a' -> 'b'", "removed 'b'", "two"}},
    {"copytree -n a b; cat b", 0, {"two"}},
    {"echo n | copytree -i a b; cat b", 0, {"two"}, {"copytree: overwrite 'b'? "}},
    {"echo y | copytree -i a b; cat b", 0, {"one"}, {"copytree: overwrite 'b'? "}},
    {"copytree --update=none-fail a b",
     1,
     {},
     {"copytree: 1 error", "copytree: not replacing 'b'"}},
    {"copytree -u=older a b",
     2,
     {},
     {"Try 'copytree --help' for more information.", "copytree: unknown option '-='"}},
    {"copytree --update=older a b; cat b", 0, {"two"}},
    {"copytree --update=older b a; cat a", 0, {"two"}},
    {"echo new > a; touch -d @2000 a; copytree -u a b; cat b", 0, {"two"}},
    {"echo newer > a; touch -d @2000 a; copytree --update a b; cat b", 0, {"newer"}},
    {"echo new > a; touch -d @2000 a; copytree --resume a b; cat b", 0, {"two"}},
    {"copytree -b a b; cat b~", 0, {"two"}},
    {"copytree --backup=numbered -v a b; cat b.~1~", 0, {"'a' -> 'b' (backup: 'b.~1~')", "two"}},
    {"copytree -S .old a b; cat b.old", 0, {"two"}},
    {"VERSION_CONTROL=numbered copytree -b a b; cat b~", 0, {"two"}},
    {"copytree d new; find new -printf '%P %y %n\\n'",
     0,
     {" d 2", "f f 2", "h f 2", "l l 1", "p p 1"}},
    {"copytree -L d new; find new -printf '%P %y %n\\n'",
     0,
     {" d 2", "f f 3", "h f 3", "l f 3", "p p 1"}},
    {"copytree l new; readlink new", 0, {"a"}},
    {"copytree -H l new; cat new", 0, {"one"}},
    {"copytree -l a new; stat -c %h a", 0, {"2"}},
    {"copytree -s a new; readlink new", 0, {"a"}},
    {"copytree --no-preserve=links d new; stat -c '%n %h' new/f new/h", 0, {"new/f 1", "new/h 1"}},
    {"copytree --no-preserve=mode,timestamps a new; stat -c '%a' new; test new -nt a && echo newer",
     0,
     {"644", "newer"}},
    {"copytree --attributes-only a b; cat b; stat -c '%a %Y' b", 0, {"640 1000", "two"}},
    {"copytree -t e a b; ls e", 0, {"a", "b"}},
    {"copytree -T d e; ls e", 0, {"f", "h", "l", "p"}},
    {"copytree --parents d/f e; find e -printf '%P %y\\n'", 0, {" d", "d d", "d/f f"}},
    {"copytree -x d new; ls new", 0, {"f", "h", "l", "p"}},
    {"copytree -aRr -d -P -p d new; ls new", 0, {"f", "h", "l", "p"}},
    {"mkdir -p t/d real; ln -s ../real t/e; echo x > e/x; copytree --keep-directory-symlink e t; "
     "cat real/x",
     0,
     {"x"}},
    {"copytree --sparse=never --reflink=never a new; cat new", 0, {"one"}},
    {"copytree --debug a new | sed 's/: [a-zA-Z_ +]*/: ?/g'",
     0,
     {"'a' -> 'new'", "copy offload: ?, reflink: ?, sparse detection: ?"}},
    {"copytree -l -s a new",
     2,
     {},
     {"Try 'copytree --help' for more information.",
      "copytree: cannot make both hard and symbolic links"}},
};

class own_name : public testing::TestWithParam<own_case> {};

TEST_P(own_name, has_the_options_of_cp) {
  const own_case& which = GetParam();
  if (const std::string why = obstacle_to_confinement(); !why.empty()) GTEST_SKIP() << why;
  cp_world world;
  const std::string line = std::string("copytree() { command copytree -q \"$@\"; }; ") + which.line;
  const outcome ours = world.run_ours({.setup = setup, .line = line.c_str()});
  EXPECT_EQ(ours.status, which.status);
  EXPECT_EQ(ours.out, which.out);
  EXPECT_EQ(ours.err, which.err);
}

INSTANTIATE_TEST_SUITE_P(options, own_name, testing::ValuesIn(cases));

TEST(utf8_names, are_shown_where_the_locale_has_them) {
  if (const std::string why = obstacle_to_confinement(); !why.empty()) GTEST_SKIP() << why;
  cp_world world;
  const outcome ours = world.run_ours({.setup = "touch \"$(printf 'uml\\303\\244ut')\"; mkdir d",
                                       .line = "LC_ALL=C.UTF-8 cp -v uml* d"});
  EXPECT_THAT(ours.out, testing::ElementsAre("'uml\xc3\xa4ut' -> 'd/uml\xc3\xa4ut'"));
}

}  // namespace
}  // namespace cp_cases
