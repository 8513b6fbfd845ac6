#include "cli/man_options.h"

#include <gtest/gtest.h>

namespace cli {
namespace {

option row(std::string name, char letter, std::string argument, std::string help) {
  return {.name = std::move(name),
          .letter = letter,
          .argument = std::move(argument),
          .help = std::move(help),
          .apply = {}};
}

TEST(man_options, one_entry_for_each) {
  option when = row("color", '\0', "WHEN", "Colour.");
  when.choices = {"auto", "no-way"};
  when.preset = "auto";
  const option table[] = {row("dry-run", 'n', "", "Only look, as with --quiet - or -q."), when};
  EXPECT_EQ(man_options(table),
            ".TP\n"
            "\\fB\\-n\\fR, \\fB\\-\\-dry\\-run\\fR\n"
            "Only look, as with \\-\\-quiet \\- or \\-q.\n"
            ".TP\n"
            "\\fB\\-\\-color\\fR=\\fIWHEN\\fR\n"
            "Colour.\n"
            "\\fIWHEN\\fR is one of \\fBauto\\fR, \\fBno\\-way\\fR.\n"
            "Default: auto.\n");
}

TEST(man_options, shows_what_may_be_left_out) {
  option optional = row("update", 'u', "WHEN", "Skip.");
  optional.optional = true;
  const option table[] = {optional, row("", 'd', "", "Letter.")};
  EXPECT_EQ(man_options(table),
            ".TP\n\\fB\\-u\\fR, \\fB\\-\\-update\\fR[=\\fIWHEN\\fR]\nSkip.\n"
            ".TP\n\\fB\\-d\\fR\nLetter.\n");
}

TEST(man_options, text_cannot_be_taken_for_a_request) {
  const option dots[] = {row("a", '\0', "", ".hidden names, well-known \\ ones")};
  EXPECT_EQ(man_options(dots), ".TP\n\\fB\\-\\-a\\fR\n\\&.hidden names, well-known \\e ones\n");
}

}  // namespace
}  // namespace cli
