#include "copytree/cp/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

namespace copytree::gnu {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

par::expected<command_line, misuse> parse(std::vector<std::string> arguments,
                                          const environment& around = {}) {
  arguments.insert(arguments.begin(), "cp");
  return parse_command_line(std::move(arguments), around);
}

// Of a line that must be understood; "a" and "b" are the operands.
command_line parsed(std::vector<std::string> given, const environment& around = {}) {
  given.insert(given.end(), {"a", "b"});
  auto line = parse(std::move(given), around);
  EXPECT_TRUE(line);
  return line.value_or(command_line{});
}

TEST(cp_command_line, without_options_copies_content_alone) {
  const options how = parsed({}).how;
  EXPECT_FALSE(how.recursive);
  EXPECT_TRUE(how.special_contents);
  EXPECT_EQ(how.follow, follow_links::always);
  EXPECT_EQ(how.when_existing, existing::overwrite);
  EXPECT_EQ(how.only, update::all);
  EXPECT_EQ(how.keep_backup, backup::none);
  EXPECT_EQ(how.reflink, policy::automatic);
  EXPECT_FALSE(how.list_entries);
  const preserved& keep = how.preserve;
  EXPECT_FALSE(keep.mode || keep.owner || keep.times || keep.links || keep.xattrs || keep.context ||
               keep.default_mode);
}

struct meaning_case {
  std::vector<std::string> given;
  std::function<bool(const command_line&)> holds;
};

TEST(cp_command_line, options_mean_what_they_do_to_gnu_cp) {
  using line = command_line;
  const meaning_case cases[] = {
      {{"-r"}, [](const line& l) { return l.how.recursive && !l.how.special_contents; }},
      {{"-R"}, [](const line& l) { return l.how.follow == follow_links::never; }},
      {{"-rl"}, [](const line& l) { return l.how.follow == follow_links::always; }},
      {{"-rH"}, [](const line& l) { return l.how.follow == follow_links::operands; }},
      {{"-HLP"}, [](const line& l) { return l.how.follow == follow_links::never; }},
      {{"-aL"}, [](const line& l) { return l.how.follow == follow_links::always; }},
      {{"-a"}, [](const line& l) { return l.how.recursive && l.how.preserve.xattrs; }},
      {{"-a"}, [](const line& l) { return l.how.preserve.xattrs_if_possible; }},
      {{"-d"}, [](const line& l) { return l.how.preserve.links && !l.how.preserve.mode; }},
      {{"-p"}, [](const line& l) { return l.how.preserve.times && !l.how.preserve.links; }},
      {{"--preserve"}, [](const line& l) { return l.how.preserve.owner; }},
      {{"--preserve=links,t"}, [](const line& l) { return l.how.preserve.times; }},
      {{"--preserve=xattr"}, [](const line& l) { return l.how.preserve.xattrs_needed; }},
      {{"--preserve=all"}, [](const line& l) { return !l.how.preserve.xattrs_needed; }},
      {{"-p", "--no-preserve=mode"}, [](const line& l) { return l.how.preserve.default_mode; }},
      {{"-a", "--no-preserve=all"}, [](const line& l) { return !l.how.preserve.xattrs; }},
      {{"-aZ"}, [](const line& l) { return !l.how.preserve.context; }},
      {{"-f"}, [](const line& l) { return l.how.when_existing == existing::force; }},
      {{"-n"}, [](const line& l) { return l.how.when_existing == existing::keep; }},
      {{"-nf"}, [](const line& l) { return l.how.when_existing == existing::keep; }},
      {{"-ni"}, [](const line& l) { return l.how.when_existing == existing::ask; }},
      {{"-in"}, [](const line& l) { return l.how.when_existing == existing::keep; }},
      {{"-i"}, [](const line& l) { return l.how.once_allowed == existing::overwrite; }},
      {{"-if"}, [](const line& l) { return l.how.once_allowed == existing::force; }},
      {{"-f", "--rem"}, [](const line& l) { return l.how.when_existing == existing::remove; }},
      {{"-u"}, [](const line& l) { return l.how.only == update::older; }},
      {{"-un"}, [](const line& l) { return l.how.only == update::all; }},
      {{"--update"}, [](const line& l) { return l.how.only == update::older; }},
      {{"--update=older"}, [](const line& l) { return l.how.only == update::older; }},
      {{"-u", "--update=all"}, [](const line& l) { return l.how.only == update::all; }},
      {{"--update=none"}, [](const line& l) { return l.how.when_existing == existing::keep; }},
      {{"--update=none-f"}, [](const line& l) { return l.how.when_existing == existing::refuse; }},
      {{"-b"}, [](const line& l) { return l.how.keep_backup == backup::existing; }},
      {{"--backup=t"}, [](const line& l) { return l.how.keep_backup == backup::numbered; }},
      {{"--backup=si"}, [](const line& l) { return l.how.keep_backup == backup::simple; }},
      {{"--backup="}, [](const line& l) { return l.how.keep_backup == backup::existing; }},
      {{"--backup=off"}, [](const line& l) { return l.how.keep_backup == backup::none; }},
      {{"-S", ".x"}, [](const line& l) { return l.how.backup_suffix == ".x"; }},
      {{"-S", ".x"}, [](const line& l) { return l.how.keep_backup == backup::existing; }},
      {{"-S", "/x"}, [](const line& l) { return l.how.backup_suffix == "~"; }},
      {{"-l"}, [](const line& l) { return l.how.instead == substitute::hard_link; }},
      {{"-s"}, [](const line& l) { return l.how.instead == substitute::symbolic_link; }},
      {{"--sparse=al"}, [](const line& l) { return l.how.sparse == policy::always; }},
      {{"--reflink"}, [](const line& l) { return l.how.reflink == policy::always; }},
      {{"--reflink=n"}, [](const line& l) { return l.how.reflink == policy::never; }},
      {{"-v"}, [](const line& l) { return l.how.list_entries && l.how.list_before; }},
      {{"--debug"}, [](const line& l) { return l.how.list_entries && l.how.explain; }},
      {{"-x"}, [](const line& l) { return l.how.one_file_system; }},
      {{"--attr"}, [](const line& l) { return l.how.attributes_only; }},
      {{"--keep"}, [](const line& l) { return l.how.follow_destination_directories; }},
      {{"-r", "--copy"}, [](const line& l) { return l.how.special_contents; }},
      {{"--strip"}, [](const line& l) { return l.operands.strip_trailing_slashes; }},
      {{"--parents"}, [](const line& l) { return l.operands.parents; }},
      {{"-T"}, [](const line& l) { return l.operands.target == target_kind::name; }},
      {{"--help", "-y"}, [](const line& l) { return l.what == line::wish::help; }},
      {{"--version"}, [](const line& l) { return l.what == line::wish::version; }},
  };
  for (const meaning_case& c : cases) {
    EXPECT_TRUE(c.holds(parsed(c.given))) << testing::PrintToString(c.given);
  }
}

TEST(cp_command_line, operands_go_where_they_are_told) {
  const auto either = parse({"a", "b", "c"});
  ASSERT_TRUE(either);
  EXPECT_THAT(either->operands.sources, ElementsAre("a", "b"));
  EXPECT_EQ(either->operands.destination, "c");
  EXPECT_EQ(either->operands.target, target_kind::either);
  const auto directory = parse({"a", "-t", "d", "--", "-b"});
  ASSERT_TRUE(directory);
  EXPECT_THAT(directory->operands.sources, ElementsAre("a", "-b"));
  EXPECT_EQ(directory->operands.destination, "d");
  EXPECT_EQ(directory->operands.target, target_kind::directory);
}

TEST(cp_command_line, the_environment_sets_what_options_do_not) {
  const environment around = {.version_control = "numbered", .simple_backup_suffix = ".old"};
  EXPECT_EQ(parsed({}, around).how.keep_backup, backup::none);
  EXPECT_EQ(parsed({"-b"}, around).how.keep_backup, backup::numbered);
  EXPECT_EQ(parsed({"-b"}, around).how.backup_suffix, ".old");
  EXPECT_EQ(parsed({"--backup=simple"}, around).how.keep_backup, backup::simple);
  EXPECT_EQ(parsed({"-S.new"}, around).how.backup_suffix, ".new");
  EXPECT_FALSE(parsed({}).how.follow_dangling_links);
  EXPECT_TRUE(parsed({}, {.posixly_correct = true}).how.follow_dangling_links);
}

TEST(cp_command_line, contexts_need_selinux) {
  EXPECT_THAT(parsed({"--context=x"}).warnings,
              ElementsAre("warning: ignoring --context; it requires an SELinux-enabled kernel"));
  EXPECT_THAT(parsed({"-Z"}).warnings, IsEmpty());
  EXPECT_FALSE(parse({"--preserve=context", "a", "b"}));
  EXPECT_TRUE(parse({"--preserve=context", "a", "b"}, {.selinux = true}));
  EXPECT_FALSE(parse({"--preserve=context", "-Z", "a", "b"}, {.selinux = true}));
}

struct misuse_case {
  std::vector<std::string> given;
  std::string message;
  bool suggests_help = true;
};

TEST(cp_command_line, says_what_is_wrong) {
  const misuse_case cases[] = {
      {{}, "missing file operand"},
      {{"a"}, "missing destination file operand after 'a'"},
      {{"-T", "a", "b", "c"}, "extra operand 'c'"},
      {{"-ls", "a", "b"}, "cannot make both hard and symbolic links"},
      {{"-bn", "a", "b"}, "options --backup and --no-clobber are mutually exclusive"},
      {{"-b", "--update=none-fail", "a", "b"},
       "--backup is mutually exclusive with -n or --update=none-fail"},
      {{"--reflink", "--sparse=never", "a", "b"}, "--reflink can be used only with --sparse=auto"},
      {{"--update=new", "a", "b"}, "invalid argument 'new' for '--update'"},
      {{"--sparse=a", "a", "b"}, "ambiguous argument 'a' for '--sparse'"},
      {{"--backup=o", "a", "b"}, ""},
      {{"--backup=x'", "a", "b"}, "invalid argument 'x\\'' for 'backup type'"},
      {{"-t", "d", "-t", "e", "a"}, "multiple target directories specified", false},
      {{"-Tt", "d", "a"},
       "cannot combine --target-directory (-t) and --no-target-directory (-T)",
       false},
  };
  for (const misuse_case& c : cases) {
    const auto line = parse(c.given);
    if (c.message.empty()) {
      EXPECT_TRUE(line) << "'o' can only be 'off'";
      continue;
    }
    ASSERT_FALSE(line) << c.message;
    EXPECT_EQ(line.error().message, c.message);
    EXPECT_EQ(line.error().suggests_help, c.suggests_help);
  }
}

TEST(cp_command_line, lists_the_words_it_knows) {
  const auto line = parse({"--backup=x", "a", "b"});
  ASSERT_FALSE(line);
  EXPECT_THAT(line.error().details,
              ElementsAre("Valid arguments are:", "  - 'none', 'off'", "  - 'simple', 'never'",
                          "  - 'existing', 'nil'", "  - 'numbered', 't'"));
}

TEST(cp_command_line, leaves_unknown_options_to_getopt) {
  testing::internal::CaptureStderr();
  const auto line = parse({"--nonsense", "a", "b"});
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "cp: unrecognized option '--nonsense'\n");
  ASSERT_FALSE(line);
  EXPECT_EQ(line.error().message, "");
}

}  // namespace
}  // namespace copytree::gnu
