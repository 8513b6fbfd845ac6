// zsh: a call of _arguments with one specification for each option.
#include <fmt/format.h>

#include <string>
#include <string_view>

#include "cli/completions.h"

namespace cli {
namespace {

// Inside single quotes, and inside the brackets of a specification.
std::string escaped_for_zsh(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if (c == '\'') {
      safe += "'\\''";
      continue;
    }
    if (c == '[' || c == ']' || c == ':' || c == '\\') safe += '\\';
    safe += c;
  }
  return safe;
}

std::string action(const option& one) {
  switch (detail::kind_of(one)) {
    case detail::value_kind::choice:
      return fmt::format("({})", fmt::join(one.choices, " "));
    case detail::value_kind::file:
      return "_files";
    case detail::value_kind::directory:
      return "_files -/";
    default:
      return " ";  // Nothing to offer, but a value is due.
  }
}

// '(-j --jobs)'{-j+,--jobs=}'[Work on N threads]:N: '
std::string specification(const option& one) {
  const bool has_value = !one.argument.empty();
  const std::string long_form = dashed(one) + (has_value ? "=" : "");
  const std::string rest =
      fmt::format("[{}]", escaped_for_zsh(detail::brief(one))) +
      (has_value ? fmt::format(":{}:{}", escaped_for_zsh(one.argument), action(one)) : "");
  if (one.letter == '\0') return fmt::format("'{}{}'", long_form, rest);
  return fmt::format("'(-{0} {1})'{{-{0}{2},{3}}}'{4}'", one.letter, dashed(one),
                     has_value ? "+" : "", long_form, rest);
}

std::string operand_specification(const std::string& kind) {
  if (kind == "files") return " \\\n  '*:file:_files'";
  if (kind == "directories") return " \\\n  '*:directory:_files -/'";
  return "";
}

}  // namespace

std::string zsh_completion(const command& what, std::span<const option> table) {
  std::string script = fmt::format("#compdef {}\n_arguments -s -S", what.name);
  for (const option& one : table) script += " \\\n  " + specification(one);
  return script + operand_specification(what.operands.completion) + "\n";
}

}  // namespace cli
