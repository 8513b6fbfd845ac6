#include "cli/parse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cli {
namespace {

// What a line comes to: the options in the order in which they were applied, and the operands.
struct parsed {
  std::string applied;
  std::vector<std::string> operands;
};

option recorded(std::string name, char letter, std::string argument, std::string& record) {
  option one{
      .name = name, .letter = letter, .argument = std::move(argument), .help = "", .apply = {}};
  one.apply = [name, &record](std::string_view value) -> applied {
    if (value == "bad") return par::unexpected<std::string>("no good");
    record += name + '=' + std::string(value) + ';';
    return {};
  };
  return one;
}

parsed parse_line(const std::vector<std::string>& arguments) {
  parsed result;
  option choosy = recorded("pace", '\0', "PACE", result.applied);
  choosy.choices = {"slow", "fast"};
  option optional = recorded("update", 'u', "WHEN", result.applied);
  optional.optional = true;
  option chosen = recorded("backup", '\0', "HOW", result.applied);
  chosen.optional = true;
  chosen.choices = {"simple", "numbered"};
  const std::vector<option> table = {recorded("jobs", 'j', "N", result.applied),
                                     recorded("quiet", 'q', "", result.applied),
                                     recorded("verbose", 'v', "", result.applied),
                                     recorded("", 'd', "", result.applied),
                                     choosy,
                                     optional,
                                     chosen};
  result.operands = parse(table, arguments);
  return result;
}

struct good_case {
  const char* name;
  std::vector<std::string> arguments;
  std::string applied;
  std::vector<std::string> operands;
};

const good_case good_cases[] = {
    {"nothing", {}, "", {}},
    {"long with equals", {"--jobs=4"}, "jobs=4;", {}},
    {"long with space", {"--jobs", "4"}, "jobs=4;", {}},
    {"short joined", {"-j4"}, "jobs=4;", {}},
    {"short with space", {"-j", "4"}, "jobs=4;", {}},
    {"grouped flags", {"-qv"}, "quiet=;verbose=;", {}},
    {"group ends in a value", {"-qj4"}, "quiet=;jobs=4;", {}},
    {"order is kept", {"-v", "-j1", "-q", "-j2"}, "verbose=;jobs=1;quiet=;jobs=2;", {}},
    {"repeated flag", {"-vvv"}, "verbose=;verbose=;verbose=;", {}},
    {"mixed", {"a", "-q", "b", "--jobs", "4", "c"}, "quiet=;jobs=4;", {"a", "b", "c"}},
    {"dashes end options", {"-q", "--", "-v", "--jobs"}, "quiet=;", {"-v", "--jobs"}},
    {"second dashes are an operand", {"--", "--", "x"}, "", {"--", "x"}},
    {"dashes as a value", {"--jobs", "--", "x"}, "jobs=--;", {"x"}},
    {"dash is an operand", {"-", "-q"}, "quiet=;", {"-"}},
    {"value begins with a dash", {"-j", "-4", "--jobs", "--quiet"}, "jobs=-4;jobs=--quiet;", {}},
    {"empty value", {"--jobs=", "x"}, "jobs=;", {"x"}},
    {"empty value by space", {"--jobs", "", "x"}, "jobs=;", {"x"}},
    {"value with equals", {"--jobs=a=b"}, "jobs=a=b;", {}},
    {"brackets are no list", {"--jobs=[a,b]", "[c,d]"}, "jobs=[a,b];", {"[c,d]"}},
    {"value with comma and braces", {"-j", "{a,b}"}, "jobs={a,b};", {}},
    {"separator of CLI11", {"%%", "--jobs=%%"}, "jobs=%%;", {"%%"}},
    {"empty operand", {"", "a"}, "", {"", "a"}},
    {"slash is no option", {"/q", "/jobs:4"}, "", {"/q", "/jobs:4"}},
    {"choice", {"--pace=fast"}, "pace=fast;", {}},
    {"letter without a long form", {"-qd", "-d"}, "quiet=;=;=;", {}},
    {"value left out", {"--update", "a"}, "update=;", {"a"}},
    {"optional value", {"--update=older", "a"}, "update=older;", {"a"}},
    {"optional value, empty", {"--update=", "a"}, "update=;", {"a"}},
    {"optional value with equals", {"--update==", "--update=a=b"}, "update==;update=a=b;", {}},
    {"optional value, letter", {"-uq", "-u", "older"}, "update=;quiet=;update=;", {"older"}},
    {"optional value that is a word of the parser's", {"--update=true"}, "update=true;", {}},
    {"optional choice", {"--backup", "--backup=simple"}, "backup=;backup=simple;", {}},
    {"optional, as a value",
     {"-j", "--update", "--jobs", "--update=x"},
     "jobs=--update;jobs=--update=x;",
     {}},
    {"optional, as a value in a group", {"-qj", "--update"}, "quiet=;jobs=--update;", {}},
    {"flag with a value, as a value", {"--jobs", "--quiet=3"}, "jobs=--quiet=3;", {}},
    {"optional after dashes", {"--", "--update", "--update=x"}, "", {"--update", "--update=x"}},
    {"flag-like after dashes", {"--", "--quiet=3", "--jobs="}, "", {"--quiet=3", "--jobs="}},
};

TEST(parse, applies_options_and_returns_operands) {
  for (const good_case& c : good_cases) {
    SCOPED_TRACE(c.name);
    const parsed result = parse_line(c.arguments);
    EXPECT_EQ(result.applied, c.applied);
    EXPECT_EQ(result.operands, c.operands);
  }
}

struct bad_case {
  const char* name;
  std::vector<std::string> arguments;
  std::string message;
};

const bad_case bad_cases[] = {
    {"unknown, near", {"--jbos"}, "unknown option '--jbos'; did you mean '--jobs'?"},
    {"unknown with value", {"--jbos=3"}, "unknown option '--jbos'; did you mean '--jobs'?"},
    {"unknown, far", {"--zzzzzzz"}, "unknown option '--zzzzzzz'"},
    {"unknown letter", {"-x"}, "unknown option '-x'"},
    {"unknown letter in a group", {"-qx"}, "unknown option '-x'"},
    {"unknown letter with rest", {"-xyz"}, "unknown option '-x'"},
    {"digit", {"-1"}, "unknown option '-1'"},
    {"three dashes", {"---jobs"}, "unknown option '---jobs'; did you mean '--jobs'?"},
    {"control characters", {"--\x1b[2J"}, "unknown option '--\\033[2J'"},
    {"value missing", {"--jobs"}, "option '--jobs' needs a value"},
    {"value missing, short", {"-j"}, "option '-j' needs a value"},
    {"value missing, grouped", {"a", "-qj"}, "option '-j' needs a value"},
    {"flag with a value", {"--quiet=yes"}, "option '--quiet' takes no value"},
    {"flag with an empty value", {"--quiet="}, "option '--quiet' takes no value"},
    {"refused", {"--jobs=bad"}, "invalid value 'bad' for '--jobs': no good"},
    {"near a choice", {"--pace=fats"}, "invalid value 'fats' for '--pace'; did you mean 'fast'?"},
    {"far from any",
     {"--pace", "zzzz"},
     "invalid value 'zzzz' for '--pace'; choose from slow, fast"},
    {"no choice, optional",
     {"--backup=simpel"},
     "invalid value 'simpel' for '--backup'; did you mean 'simple'?"},
    {"refused, optional", {"--update=bad"}, "invalid value 'bad' for '--update': no good"},
    {"empty choice", {"--pace="}, "invalid value '' for '--pace'; choose from slow, fast"},
};

TEST(parse, says_what_is_wrong) {
  for (const bad_case& c : bad_cases) {
    SCOPED_TRACE(c.name);
    try {
      static_cast<void>(parse_line(c.arguments));
      ADD_FAILURE() << "was accepted";
    } catch (const usage_error& misuse) {
      EXPECT_EQ(misuse.what(), c.message);
    }
  }
}

TEST(parse, takes_negative_numbers_where_the_command_does) {
  const std::vector<std::string> line = {"-5", "-0..3", "-"};
  EXPECT_EQ(parse({}, line, minus_digit::operand), line);
  EXPECT_THROW(static_cast<void>(parse({}, line)), usage_error);
  EXPECT_THROW(static_cast<void>(parse({}, {"-x"}, minus_digit::operand)), usage_error);

  bool zero = false;
  const std::vector<option> table = {flag("null", '0', "", zero)};
  EXPECT_EQ(parse(table, {"-0", "-5"}, minus_digit::operand), std::vector<std::string>{"-5"});
  EXPECT_TRUE(zero);
}

TEST(parse, takes_many_operands) {
  const std::vector<std::string> many(100'000, "file");
  EXPECT_EQ(parse_line(many).operands.size(), many.size());
}

struct operand_case {
  std::vector<std::string> given;
  std::string message;  // Empty: accepted.
};

TEST(parse, check_operands) {
  const operands rule{.usage = "A B [C]", .least = 2, .most = 3};
  const operand_case cases[] = {
      {{}, "missing operand: A B [C]"},
      {{"x"}, "missing operand after 'x': A B [C]"},
      {{"x", "y"}, ""},
      {{"x", "y", "z"}, ""},
      {{"x", "y", "z", "it's"}, "unexpected operand 'it\\'s'"},
  };
  for (const operand_case& c : cases) {
    std::string message;
    try {
      check_operands(rule, c.given);
    } catch (const usage_error& misuse) {
      message = misuse.what();
    }
    EXPECT_EQ(message, c.message);
  }
}

}  // namespace
}  // namespace cli
