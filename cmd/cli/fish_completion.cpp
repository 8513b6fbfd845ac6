// fish: one call of complete for each option.
#include <fmt/format.h>

#include <string>
#include <string_view>

#include "cli/completions.h"

namespace cli {
namespace {

std::string quoted_for_fish(std::string_view text) {
  std::string safe = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') safe += '\\';
    safe += c;
  }
  return safe + "'";
}

// fish offers a value after "--name " too, so an optional one is left to its user.
std::string value_part(const option& one) {
  if (one.optional) return "";
  switch (detail::kind_of(one)) {
    case detail::value_kind::none:
      return "";
    case detail::value_kind::choice:
      return fmt::format(" -x -a '{}'", fmt::join(one.choices, " "));
    case detail::value_kind::file:
      return " -r -F";
    case detail::value_kind::directory:
      return " -x -a '(__fish_complete_directories)'";
    case detail::value_kind::free:
      return " -x";
  }
  return "";
}

std::string operand_line(const command& what) {
  if (what.operands.completion == "files") return "";
  const bool directories = what.operands.completion == "directories";
  return fmt::format("complete -c {} -f{}\n", what.name,
                     directories ? " -a '(__fish_complete_directories)'" : "");
}

}  // namespace

std::string fish_completion(const command& what, std::span<const option> table) {
  std::string script = operand_line(what);
  for (const option& one : table) {
    const std::string letter = one.letter == '\0' ? "" : fmt::format(" -s {}", one.letter);
    const std::string name = one.name.empty() ? "" : fmt::format(" -l {}", one.name);
    script += fmt::format("complete -c {}{}{}{} -d {}\n", what.name, letter, name, value_part(one),
                          quoted_for_fish(detail::brief(one)));
  }
  return script;
}

}  // namespace cli
