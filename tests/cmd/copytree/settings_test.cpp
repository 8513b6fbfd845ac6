#include "copytree/command_line/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "cli/command.h"
#include "cli/parse.h"

namespace copytree {
namespace {

using testing::ElementsAre;

settings parsed(const std::vector<std::string>& arguments) {
  settings given;
  const std::vector<cli::option> table = option_table(given);
  conclude(given, cli::parse(table, arguments));
  return given;
}

struct meaning_case {
  std::vector<std::string> given;
  std::function<bool(const settings&)> holds;
};

TEST(settings, options_of_cp_mean_the_same_over_an_archive) {
  using all = settings;
  const meaning_case cases[] = {
      {{}, [](const all& s) { return s.how.recursive && s.how.preserve.xattrs; }},
      {{}, [](const all& s) { return s.how.when_existing == existing::replace; }},
      {{"-a", "-rR"}, [](const all& s) { return s.how.follow == follow_links::never; }},
      {{"-H"}, [](const all& s) { return s.how.follow == follow_links::operands; }},
      {{"-H", "-d"}, [](const all& s) { return s.how.follow == follow_links::never; }},
      {{"-L"}, [](const all& s) { return s.how.follow == follow_links::always; }},
      {{"-f"}, [](const all& s) { return s.how.when_existing == existing::force; }},
      {{"-i"}, [](const all& s) { return s.how.once_allowed == existing::replace; }},
      {{"-i", "-n"}, [](const all& s) { return s.how.when_existing == existing::keep; }},
      {{"--remove-destination"},
       [](const all& s) { return s.how.when_existing == existing::remove; }},
      {{"-u"}, [](const all& s) { return s.how.only == update::same; }},
      {{"--update"}, [](const all& s) { return s.how.only == update::same; }},
      {{"--resume"}, [](const all& s) { return s.how.only == update::same; }},
      {{"--update=older"}, [](const all& s) { return s.how.only == update::older; }},
      {{"--update=none-fail"},
       [](const all& s) { return s.how.when_existing == existing::refuse; }},
      {{"-b"}, [](const all& s) { return s.how.keep_backup == backup::existing; }},
      {{"--backup=t"}, [](const all& s) { return s.how.keep_backup == backup::numbered; }},
      {{"-S", ".b"}, [](const all& s) { return s.how.keep_backup == backup::existing; }},
      {{"--backup=simple", "-S.b"}, [](const all& s) { return s.how.backup_suffix == ".b"; }},
      {{"-p"}, [](const all& s) { return s.how.preserve.mode && !s.how.preserve.xattrs_needed; }},
      {{"--preserve=xattr,mode"}, [](const all& s) { return s.how.preserve.xattrs_needed; }},
      {{"--no-preserve=mode,links"}, [](const all& s) { return !s.how.preserve.links; }},
      {{"--no-preserve=mode"}, [](const all& s) { return s.how.preserve.default_mode; }},
      {{"-Z"}, [](const all& s) { return !s.how.preserve.context; }},
      {{"-l"}, [](const all& s) { return s.how.instead == substitute::hard_link; }},
      {{"-s"}, [](const all& s) { return s.how.instead == substitute::symbolic_link; }},
      {{"-x"}, [](const all& s) { return s.how.one_file_system; }},
      {{"-T"}, [](const all& s) { return s.operands.target == target_kind::name; }},
      {{"--parents"}, [](const all& s) { return s.operands.parents; }},
      {{"--sparse", "never"}, [](const all& s) { return s.how.sparse == policy::never; }},
      {{"--reflink"}, [](const all& s) { return s.how.reflink == policy::always; }},
      {{"--reflink=never"}, [](const all& s) { return s.how.reflink == policy::never; }},
      {{"--debug"}, [](const all& s) { return s.how.explain && s.how.list_entries; }},
      {{"--dry-run"}, [](const all& s) { return s.how.dry_run && s.how.list_entries; }},
      {{"--copy-contents"}, [](const all& s) { return s.how.special_contents; }},
      {{"--attributes-only"}, [](const all& s) { return s.how.attributes_only; }},
      {{"--keep-directory-symlink"},
       [](const all& s) { return s.how.follow_destination_directories; }},
      {{"--strip-trailing-slashes"},
       [](const all& s) { return s.operands.strip_trailing_slashes; }},
  };
  for (const meaning_case& c : cases) {
    std::vector<std::string> line = c.given;
    line.insert(line.end(), {"a", "b"});
    EXPECT_TRUE(c.holds(parsed(line))) << testing::PrintToString(c.given);
  }
}

TEST(settings, operands_go_where_they_are_told) {
  EXPECT_EQ(parsed({"a", "b", "c"}).operands.destination, "c");
  const settings given = parsed({"a", "-t", "d", "b"});
  EXPECT_THAT(given.operands.sources, ElementsAre("a", "b"));
  EXPECT_EQ(given.operands.destination, "d");
  EXPECT_EQ(given.operands.target, target_kind::directory);
  EXPECT_THAT(parsed({"--backup-copy", "a"}).operands.sources, ElementsAre("a"));
}

struct misuse_case {
  std::vector<std::string> given;
  std::string message;
};

TEST(settings, say_what_does_not_go_together) {
  const misuse_case cases[] = {
      {{"a"}, "missing destination operand after 'a'"},
      {{"-l", "-s", "a", "b"}, "cannot make both hard and symbolic links"},
      {{"-b", "-n", "a", "b"}, "options --backup and --no-clobber are mutually exclusive"},
      {{"--reflink", "--sparse=always", "a", "b"}, "--reflink can be used only with --sparse=auto"},
      {{"-T", "-t", "d", "a"}, "cannot combine --target-directory and --no-target-directory"},
      {{"-T", "--parents", "a", "b"}, "with --parents, the destination must be a directory"},
      {{"-T", "a", "b", "c"}, "extra operand 'c'"},
      {{"--backup-copy", "a", "b"}, "extra operand 'b'"},
      {{"--preserve=foo", "a", "b"},
       "invalid value 'foo' for '--preserve': no attribute is called 'foo'"},
      {{"-S", "a/b", "a", "b"}, "invalid value 'a/b' for '--suffix': not the end of a file name"},
      {{"-t", "d", "-t", "e", "a"},
       "invalid value 'e' for '--target-directory': there is another one already"},
  };
  for (const misuse_case& c : cases) {
    try {
      static_cast<void>(parsed(c.given));
      ADD_FAILURE() << "was accepted: " << c.message;
    } catch (const cli::usage_error& misuse) {
      EXPECT_EQ(misuse.what(), c.message);
    }
  }
}

}  // namespace
}  // namespace copytree
