// The shell manners that the three commands share.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "support/run.h"

namespace {

using support::run;
using support::run_options;
using support::run_result;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class shell_manners : public ::testing::TestWithParam<const char*> {
 protected:
  [[nodiscard]] static std::string name() { return GetParam(); }

  [[nodiscard]] static run_result tool(std::vector<std::string> arguments,
                                       const run_options& options = {}) {
    arguments.insert(arguments.begin(), BIN_DIR "/" + name());
    return run(arguments, options);
  }

  [[nodiscard]] static std::string generated(const std::string& what) {
    const run_result result = tool({"--generate", what});
    EXPECT_EQ(result.status, 0) << result.err;
    return result.out;
  }
};

INSTANTIATE_TEST_SUITE_P(tools, shell_manners, ::testing::Values("copytree", "countips", "fib"),
                         [](const auto& tool) { return std::string(tool.param); });

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream words(text);
  return {std::istream_iterator<std::string>(words), {}};
}

// The lines between ".SH OPTIONS" and the next section.
std::string option_part(const std::string& page) {
  std::ifstream file(page);
  std::string part;
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    if (inside && line.starts_with(".SH ")) break;
    if (inside) part += line + '\n';
    inside |= line == ".SH OPTIONS";
  }
  return part;
}

// The man page is written for a build with oneTBB and cereal.
std::string without_optional_backends(std::string page) {
  for (const std::string word : {", \\fBtbb\\fR", ", \\fBprocesses\\fR"}) {
    const std::size_t at = page.find(word);
    if (at != std::string::npos) page.erase(at, word.size());
  }
  return page;
}

bool has(const std::string& shell) {
  return run({"sh", "-c", "command -v " + shell}).status == 0;
}

TEST_P(shell_manners, help_is_the_answer_not_an_error) {
  const run_result result = tool({"--help"});
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.err, "");
  EXPECT_THAT(result.out, StartsWith(name() + ": "));
  EXPECT_EQ(tool({"-h"}).out, result.out);
}

TEST_P(shell_manners, help_begins_with_an_example) {
  const std::string help = tool({"--help"}).out;
  const std::size_t example = help.find("\nExample:\n  " + name() + " ");
  EXPECT_LT(example, help.find("\nUsage:\n  " + name() + " "));
  EXPECT_LT(example, 200U) << "among the first lines";
}

TEST_P(shell_manners, help_fits_eighty_columns_and_knows_every_option) {
  const std::string help = tool({"--help"}).out;
  std::istringstream lines(help);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80U) << line;

  const std::string script = generated("completion-bash");
  const std::size_t begin = script.rfind("compgen -W '") + 12;
  const std::vector<std::string> names =
      words_of(script.substr(begin, script.find('\'', begin) - begin));
  EXPECT_THAT(names,
              ::testing::IsSupersetOf({"-j", "--jobs", "--backend", "-q", "--quiet", "--progress",
                                       "--color", "-h", "--help", "--version", "--generate"}));
  for (const std::string& option : names) EXPECT_THAT(help, HasSubstr(option));
}

TEST_P(shell_manners, version) {
  const run_result result = tool({"--version"});
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.out, name() + " " PROJECT_VERSION "\n");
  EXPECT_EQ(result.err, "");
}

TEST_P(shell_manners, a_mistyped_option_gets_a_suggestion) {
  const run_result result = tool({"--jbos", "4"});
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(result.err, name() + ": unknown option '--jbos'; did you mean '--jobs'?\nTry '" +
                            name() + " --help' for more information.\n");
}

TEST_P(shell_manners, a_wrong_value_is_explained) {
  const std::pair<const char*, const char*> cases[] = {
      {"--jobs=0", "invalid value '0' for '--jobs': must be at least 1"},
      {"--jobs=x", "invalid value 'x' for '--jobs': not a number"},
      {"--progress=nevr", "invalid value 'nevr' for '--progress'; did you mean 'never'?"},
      {"--backend=seril", "invalid value 'seril' for '--backend'; did you mean 'serial'?"},
      {"--quiet=1", "option '--quiet' takes no value"},
      {"--jobs", "option '--jobs' needs a value"},
  };
  for (const auto& [argument, message] : cases) {
    const run_result result = tool({argument});
    EXPECT_EQ(result.status, 2) << argument;
    EXPECT_THAT(result.err, StartsWith(name() + ": " + message + "\nTry '")) << argument;
  }
}

TEST_P(shell_manners, a_full_disk_is_not_silent) {
  for (const char* argument : {"--help", "--version", "--generate=completion-zsh"}) {
    const run_result result = tool({argument}, {.stdout_to = "/dev/full"});
    EXPECT_EQ(result.status, 1) << argument;
    EXPECT_EQ(result.err, name() + ": write error: No space left on device\n") << argument;
  }
}

TEST_P(shell_manners, a_closed_output_is_not_silent) {
  const run_result result = tool({"--version"}, {.close_stdout = true});
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.err, name() + ": write error: Bad file descriptor\n");
}

TEST_P(shell_manners, two_dashes_end_the_options) {
  const run_result result = tool({"--", "--jbos", "--version"});
  EXPECT_NE(result.status, 0);
  EXPECT_THAT(result.err, ::testing::Not(HasSubstr("unknown option")));
  EXPECT_THAT(result.err, HasSubstr(name() + ": "));
}

TEST_P(shell_manners, the_man_page_has_the_options_of_the_command) {
  const std::string written = option_part(SOURCE_DIR "/cmd/" + name() + "/" + name() + ".1");
  EXPECT_EQ(without_optional_backends(written), without_optional_backends(generated("man-options")))
      << "update the page with: " << name() << " --generate man-options";
}

TEST_P(shell_manners, man_can_read_the_page) {
  if (!has("man")) GTEST_SKIP() << "no man";
  const std::string page = SOURCE_DIR "/cmd/" + name() + "/" + name() + ".1";
  const run_result result =
      run({"man", "--warnings", "-l", page}, {.environment = {"MANWIDTH=80"}});
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.err, "");
  EXPECT_THAT(result.out, HasSubstr("--generate=WHAT"));
}

TEST_P(shell_manners, shells_can_read_their_completions) {
  int read = 0;
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const std::string script = generated(std::string("completion-") + shell);
    EXPECT_THAT(script, HasSubstr("jobs"));
    if (!has(shell)) continue;
    const run_result result = run({shell, "-n"}, {.input = script});
    EXPECT_EQ(result.status, 0) << shell << ": " << result.err;
    ++read;
  }
  if (read == 0) GTEST_SKIP() << "none of bash, zsh and fish is here";
}

}  // namespace
