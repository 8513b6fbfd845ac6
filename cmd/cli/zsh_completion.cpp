// zsh: a call of _arguments with one specification for each option.
#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

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

// One form with how a value follows it: "-j+", "--jobs=", or "--update=-" if it may be left out.
std::string with_value(const option& one, const std::string& form) {
  const bool is_long = form.starts_with("--");
  if (one.argument.empty() || (one.optional && !is_long)) return form;
  if (one.optional) return form + "=-";
  return form + (is_long ? "=" : "+");
}

// "[Work on N threads]:N: "; two colons before a value that may be left out.
std::string description(const option& one) {
  const std::string text = fmt::format("[{}]", escaped_for_zsh(detail::brief(one)));
  if (one.argument.empty()) return text;
  return fmt::format("{}{}{}:{}", text, one.optional ? "::" : ":", escaped_for_zsh(one.argument),
                     action(one));
}

// '(-j --jobs)'{-j+,--jobs=}'[Work on N threads]:N: '
std::string specification(const option& one) {
  std::vector<std::string> names = forms(one);
  const std::string all = fmt::format("{}", fmt::join(names, " "));
  for (std::string& name : names) name = with_value(one, name);
  if (names.size() == 1) return fmt::format("'{}{}'", names.front(), description(one));
  return fmt::format("'({})'{{{}}}'{}'", all, fmt::join(names, ","), description(one));
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
