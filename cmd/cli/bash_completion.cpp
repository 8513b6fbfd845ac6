// bash: one function that looks at the word before the cursor. It needs neither the package
// bash-completion nor a bash newer than 4.
#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "cli/completions.h"

namespace cli {
namespace {

// After which words a value comes, "-j|--jobs|--jobs=": an optional one only after an equals sign.
std::string names_of(const option& one) {
  std::vector<std::string> names;
  if (!one.optional) names = forms(one);
  if (!one.name.empty()) names.push_back(dashed(one) + '=');
  return fmt::format("{}", fmt::join(names, "|"));
}

std::string candidates(const option& one) {
  switch (detail::kind_of(one)) {
    case detail::value_kind::choice:
      return fmt::format("mapfile -t COMPREPLY < <(compgen -W '{}' -- \"$cur\")",
                         fmt::join(one.choices, " "));
    case detail::value_kind::file:
      return "compopt -o default";
    case detail::value_kind::directory:
      return "compopt -o dirnames";
    default:
      return ":";
  }
}

// The branches of the case that completes an option's value.
std::string value_branches(std::span<const option> table) {
  std::string branches;
  for (const option& one : table) {
    if (one.argument.empty() || names_of(one).empty()) continue;
    branches += fmt::format("    {}) {}; return ;;\n", names_of(one), candidates(one));
  }
  return branches;
}

std::string all_names(std::span<const option> table) {
  std::vector<std::string> names;
  for (const option& one : table) {
    for (std::string& name : forms(one)) names.push_back(std::move(name));
  }
  return fmt::format("{}", fmt::join(names, " "));
}

std::string operand_completion(const std::string& kind) {
  if (kind == "files") return "compopt -o default";
  if (kind == "directories") return "compopt -o dirnames";
  return ":";
}

}  // namespace

std::string bash_completion(const command& what, std::span<const option> table) {
  return fmt::format(R"(# bash completion for {0}
_{0}() {{
  local cur=${{COMP_WORDS[COMP_CWORD]}} prev=${{COMP_WORDS[COMP_CWORD-1]}} equals= word
  COMPREPLY=()
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    if [[ $word == -- ]]; then
      {1}
      return
    fi
  done
  # bash takes --name=value apart into three words.
  if [[ $cur == = ]]; then
    cur= equals="="
  elif [[ $prev == = ]]; then
    prev=${{COMP_WORDS[COMP_CWORD-2]}} equals="="
  fi
  case $prev$equals in
{2}  esac
  if [[ $cur == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W '{3}' -- "$cur")
    return
  fi
  {1}
}}
complete -F _{0} {0}
)",
                     what.name, operand_completion(what.operands.completion), value_branches(table),
                     all_names(table));
}

}  // namespace cli
