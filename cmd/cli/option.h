// One option of a command: a row of the table that feeds the parser, the help, the completions and
// the man page.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "par/base/expected.h"

namespace cli {

// What is wrong with a value: "not a number", "must be at least 1".
using applied = par::expected<void, std::string>;

struct option {
  std::string name;      // Long form without dashes: "jobs". Empty: there is only the letter.
  char letter = '\0';    // Short form, or none.
  std::string argument;  // What the value is called in the help: "N". Empty: the option is a flag.
  std::string help;      // One or two sentences, no line breaks; the layout wraps them.
  std::vector<std::string> choices = {};  // If not empty, the only values allowed.
  std::string preset = {};  // The value without the option, as help shows it; empty: not shown.
  // The value may be left out, and can only follow as --name=VALUE, never after the letter.
  bool optional = false;
  // Called for each use, in the order of the command line; a flag gets "", and so does an option
  // whose value was left out.
  std::function<applied(std::string_view)> apply;
};

// "--jobs", or "-j" if there is no long form: the way messages name the option.
[[nodiscard]] std::string dashed(const option& one);

// Both forms: {"-j", "--jobs"}.
[[nodiscard]] std::vector<std::string> forms(const option& one);

// "=N", "[=N]", or nothing for a flag: how the value is shown behind the name.
[[nodiscard]] std::string value_label(const option& one);

// The common shapes. The target must outlive the parsing; what it holds now is shown as the preset,
// except by flag, and by text if it is empty.
[[nodiscard]] option flag(std::string name, char letter, std::string help, bool& target);
[[nodiscard]] option text(std::string name, char letter, std::string argument, std::string help,
                          std::string& target);
[[nodiscard]] option number(std::string name, char letter, std::string argument, std::string help,
                            std::size_t& target, std::size_t least, std::size_t most);
// A number of bytes such as 64K, 1M or 2G, in powers of 1024.
[[nodiscard]] option size(std::string name, char letter, std::string help, std::uint64_t& target);

// One of several names: {"tsv", format::tsv}, ...
template <class Enum>
[[nodiscard]] option choice(std::string name, char letter, std::string argument, std::string help,
                            std::vector<std::pair<std::string, Enum>> values, Enum& target) {
  option made{.name = std::move(name),
              .letter = letter,
              .argument = std::move(argument),
              .help = std::move(help),
              .apply = {}};
  for (const auto& [word, meaning] : values) {
    made.choices.push_back(word);
    if (meaning == target) made.preset = word;
  }
  made.apply = [values = std::move(values), &target](std::string_view given) -> applied {
    for (const auto& [word, meaning] : values) {
      if (word == given) target = meaning;
    }
    return {};  // The parser has checked the word against choices.
  };
  return made;
}

}  // namespace cli
