#include "cli/help.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/utf8.h"
#include "cli/wrap.h"

namespace cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

struct targets {
  bool dry = false;
  std::size_t depth = 3;
  int color = 0;
};

command tool(targets& into) {
  return {.name = "tool",
          .summary = "Do what tools do",
          .operands = {.usage = "SOURCE... DESTINATION"},
          .examples = {{"tool a b", "the usual case"}, {"tool --dry a b", "only look"}},
          .options = {flag("dry", 'n', "Only look.", into.dry),
                      number("depth", '\0', "N",
                             "Go no deeper than so many levels below each source, which is counted "
                             "from the source itself.",
                             into.depth, 0, 9)},
          .notes = "Exit status: 0 all\ndone; 1 errors.\n\nSecond paragraph:\n  a\n  b",
          .run = {}};
}

std::vector<option> common(targets& into) {
  return {choice<int>("color", '\0', "WHEN", "Colour.", {{"auto", 0}, {"never", 1}}, into.color)};
}

TEST(help, is_laid_out_for_people) {
  targets into;
  EXPECT_EQ(help_text(tool(into), common(into), {.columns = 60}),
            R"(tool: Do what tools do.

Example:
  tool a b
      the usual case

Usage:
  tool [OPTION]... SOURCE... DESTINATION

Options:
  -n, --dry         Only look.
      --depth=N     Go no deeper than so many levels below
                    each source, which is counted from the
                    source itself. [default: 3]

Common options:
      --color=WHEN  Colour. [auto, never; default: auto]

Exit status: 0 all done; 1 errors.

Second paragraph:
  a
  b

More examples:
  tool --dry a b
      only look
)");
}

TEST(help, keeps_to_the_width) {
  targets into;
  for (const int columns : {40, 60, 80, 100, 300}) {
    const std::string text = help_text(tool(into), common(into), {.columns = columns});
    for (const std::string& line : wrap(text, 1000)) {
      EXPECT_LE(width(line), std::min(columns, 100)) << line;
    }
  }
}

TEST(help, a_long_label_gets_a_line_of_its_own) {
  targets into;
  command what = tool(into);
  what.options.push_back(flag("a-very-long-name-of-an-option", '\0', "Long.", into.dry));
  EXPECT_THAT(help_text(what, common(into), {}),
              HasSubstr("\n      --a-very-long-name-of-an-option\n                    Long.\n"));
}

TEST(help, shows_what_may_be_left_out) {
  targets into;
  command what = tool(into);
  what.options = {flag("", 'd', "Letter.", into.dry), flag("dry", 'n', "Both.", into.dry)};
  what.options.push_back(what.options.back());
  what.options.back().argument = "WHEN";
  what.options.back().optional = true;
  EXPECT_THAT(help_text(what, {}, {}), HasSubstr("\n  -d                Letter.\n"
                                                 "  -n, --dry         Both.\n"
                                                 "  -n, --dry[=WHEN]  Both.\n"));
}

TEST(help, color_marks_headings) {
  targets into;
  EXPECT_THAT(help_text(tool(into), common(into), {.colored = true}),
              HasSubstr("\n\x1b[1mOptions:\x1b[0m\n"));
  EXPECT_THAT(help_text(tool(into), common(into), {}), Not(HasSubstr("\x1b")));
}

TEST(help, a_command_without_options_or_notes_has_no_empty_parts) {
  targets into;
  command what = tool(into);
  what.options.clear();
  what.notes.clear();
  what.operands.usage.clear();
  what.examples.resize(1);
  const std::string text = help_text(what, common(into), {});
  EXPECT_THAT(text, HasSubstr("  tool [OPTION]...\n\nCommon options:\n"));
  EXPECT_THAT(text, Not(HasSubstr("\nOptions:")));
  EXPECT_THAT(text, Not(HasSubstr("More examples")));
  EXPECT_TRUE(text.ends_with("default: auto]\n"));
}

}  // namespace
}  // namespace cli
