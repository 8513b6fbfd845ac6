#include "countips/shell/failure_text.h"

#include <fmt/core.h>

#include <string_view>

#include "cli/messages.h"
#include "countips/input/inputs.h"
#include "countips/render/failure_reason.h"

namespace countips {

std::string shown_input(const std::string& path) {
  return path == standard_input ? "standard input" : cli::quoted(path);
}

std::string failure_text(const input_failure& failed) {
  const std::string name = shown_input(failed.path);
  const std::string_view attempt = failed_attempt(failed.why.what);
  if (attempt.empty()) return name + ": " + failure_reason(failed.why);
  return fmt::format("cannot {} {}: {}", attempt, name, cli::reason(failed.why.error_number));
}

std::string rejected_text(const rejected_lines& lines) {
  return fmt::format("{}: {} rejected {}, first at line {}", shown_input(lines.path), lines.count,
                     lines.count == 1 ? "line" : "lines", lines.first);
}

}  // namespace countips
