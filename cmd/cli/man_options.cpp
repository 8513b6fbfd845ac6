#include "cli/man_options.h"

#include <fmt/format.h>

#include <string_view>
#include <vector>

namespace cli {
namespace {

// Backslashes are roff's own; a minus sign is no hyphen, where it may begin an option.
std::string roff(std::string_view text) {
  std::string safe;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool in_word = i > 0 && text[i - 1] != ' ' && text[i - 1] != '-' && text[i - 1] != '\'';
    if (text[i] == '\\') {
      safe += "\\e";
    } else if (text[i] == '-' && !in_word) {
      safe += "\\-";
    } else {
      safe += text[i];
    }
  }
  const bool is_request = safe.starts_with('.') || safe.starts_with('\'');
  return is_request ? "\\&" + safe : safe;
}

std::string bold(std::string_view text) {
  std::string safe;
  for (const char c : text) safe += c == '-' ? std::string("\\-") : std::string(1, c);
  return "\\fB" + safe + "\\fR";
}

// "\fB\-j\fR, \fB\-\-jobs\fR=\fIN\fR"
std::string label(const option& one) {
  std::vector<std::string> names = forms(one);
  for (std::string& name : names) name = bold(name);
  std::string value;
  if (!one.argument.empty()) {
    value = fmt::format("=\\fI{}\\fR", one.argument);
    if (one.optional) value = fmt::format("[{}]", value);
  }
  return fmt::format("{}{}", fmt::join(names, ", "), value);
}

std::string allowed_values(const option& one) {
  std::string line;
  if (!one.choices.empty()) {
    std::vector<std::string> words;
    for (const std::string& word : one.choices) words.push_back(bold(word));
    line = fmt::format("\\fI{}\\fR is one of {}.\n", one.argument, fmt::join(words, ", "));
  }
  if (!one.preset.empty()) line += fmt::format("Default: {}.\n", roff(one.preset));
  return line;
}

}  // namespace

std::string man_options(std::span<const option> table) {
  std::string page;
  for (const option& one : table) {
    page += fmt::format(".TP\n{}\n{}\n{}", label(one), roff(one.help), allowed_values(one));
  }
  return page;
}

}  // namespace cli
