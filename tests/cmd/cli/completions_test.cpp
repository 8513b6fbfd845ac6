#include "cli/completions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "support/run.h"

namespace cli {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

struct targets {
  bool quiet = false;
  std::size_t jobs = 1;
  int pace = 0;
  std::string file;
};

option optional_choice(int& target) {
  option one = choice<int>("when", 'w', "WHEN", "Time.", {{"now", 0}, {"later", 1}}, target);
  one.optional = true;
  return one;
}

std::vector<option> table(targets& into) {
  return {flag("quiet", 'q', "Don't [ever] say: anything. Really.", into.quiet),
          number("jobs", 'j', "N", "Threads.", into.jobs, 1, 9),
          choice<int>("pace", '\0', "PACE", "Speed.", {{"slow", 0}, {"fast", 1}}, into.pace),
          text("list", 'l', "FILE", "A list.", into.file),
          optional_choice(into.pace),
          flag("", 'd', "Letter.", into.quiet)};
}

command tool(std::string operand_kind) {
  return {.name = "tool",
          .summary = "",
          .operands = {.usage = "FILE", .completion = std::move(operand_kind)},
          .examples = {},
          .options = {},
          .notes = "",
          .run = {}};
}

// What bash offers after the words, the last of which is being typed; "<option>" stands for what
// it was told to complete by itself.
std::vector<std::string> offered(const std::string& words, const std::string& operand_kind) {
  targets into;
  const std::string script = bash_completion(tool(operand_kind), table(into)) + "COMP_WORDS=(" +
                             words +
                             ")\n"
                             "COMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n"
                             "compopt() { printf '<%s>\\n' \"${*: -1}\"; }\n"
                             "_tool\n"
                             "printf '%s\\n' \"${COMPREPLY[@]}\"\n";
  const support::run_result result = support::run({"bash", "-eu", "-c", script});
  EXPECT_EQ(result.err, "");
  std::vector<std::string> lines;
  std::istringstream all(result.out);
  for (std::string line; std::getline(all, line);) {
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

bool has(const char* shell) {
  return support::run({"sh", "-c", std::string("command -v ") + shell}).status == 0;
}

TEST(completions, bash_offers_names_and_values) {
  if (!has("bash")) GTEST_SKIP() << "no bash";
  EXPECT_THAT(offered("tool --q", "files"), ElementsAre("--quiet"));
  EXPECT_THAT(offered("tool -", "files"),
              UnorderedElementsAre("-q", "--quiet", "-j", "--jobs", "--pace", "-l", "--list", "-w",
                                   "--when", "-d"));
  EXPECT_THAT(offered("tool --when = n", "files"), ElementsAre("now"));
  EXPECT_THAT(offered("tool --when ''", "files"), ElementsAre("<default>"));
  EXPECT_THAT(offered("tool -w ''", "files"), ElementsAre("<default>"));
  EXPECT_THAT(offered("tool --pace ''", "files"), UnorderedElementsAre("slow", "fast"));
  EXPECT_THAT(offered("tool --pace f", "files"), ElementsAre("fast"));
  EXPECT_THAT(offered("tool --pace =", "files"), UnorderedElementsAre("slow", "fast"));
  EXPECT_THAT(offered("tool --pace = s", "files"), ElementsAre("slow"));
  EXPECT_THAT(offered("tool -j ''", "files"), ElementsAre());
  EXPECT_THAT(offered("tool --list ''", "none"), ElementsAre("<default>"));
}

TEST(completions, bash_offers_operands) {
  if (!has("bash")) GTEST_SKIP() << "no bash";
  EXPECT_THAT(offered("tool ''", "files"), ElementsAre("<default>"));
  EXPECT_THAT(offered("tool ''", "directories"), ElementsAre("<dirnames>"));
  EXPECT_THAT(offered("tool ''", "none"), ElementsAre());
  EXPECT_THAT(offered("tool -- -", "files"), ElementsAre("<default>"));
}

TEST(completions, zsh_escapes_what_means_something_to_it) {
  targets into;
  EXPECT_EQ(zsh_completion(tool("directories"), table(into)),
            "#compdef tool\n"
            "_arguments -s -S \\\n"
            "  '(-q --quiet)'{-q,--quiet}'[Don'\\''t \\[ever\\] say]' \\\n"
            "  '(-j --jobs)'{-j+,--jobs=}'[Threads]:N: ' \\\n"
            "  '--pace=[Speed]:PACE:(slow fast)' \\\n"
            "  '(-l --list)'{-l+,--list=}'[A list]:FILE:_files' \\\n"
            "  '(-w --when)'{-w,--when=-}'[Time]::WHEN:(now later)' \\\n"
            "  '-d[Letter]' \\\n"
            "  '*:directory:_files -/'\n");
}

TEST(completions, fish_has_a_line_for_each_option) {
  targets into;
  EXPECT_EQ(fish_completion(tool("none"), table(into)),
            "complete -c tool -f\n"
            "complete -c tool -s q -l quiet -d 'Don\\'t [ever] say'\n"
            "complete -c tool -s j -l jobs -x -d 'Threads'\n"
            "complete -c tool -l pace -x -a 'slow fast' -d 'Speed'\n"
            "complete -c tool -s l -l list -r -F -d 'A list'\n"
            "complete -c tool -s w -l when -d 'Time'\n"
            "complete -c tool -s d -d 'Letter'\n");
}

TEST(completions, shells_can_read_their_scripts) {
  targets into;
  const std::pair<const char*, std::string> scripts[] = {
      {"bash", bash_completion(tool("files"), table(into))},
      {"zsh", zsh_completion(tool("files"), table(into))},
      {"fish", fish_completion(tool("files"), table(into))}};
  for (const auto& [shell, script] : scripts) {
    if (!has(shell)) continue;
    const support::run_result result = support::run({shell, "-n"}, {.input = script});
    EXPECT_EQ(result.status, 0) << shell << ": " << result.err;
  }
}

}  // namespace
}  // namespace cli
