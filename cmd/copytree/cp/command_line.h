// The command line of GNU cp, translated into a copy's options and its plan.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "copytree/cp/misuse.h"
#include "copytree/model/options.h"
#include "copytree/model/plan_request.h"
#include "par/base/expected.h"

namespace copytree::gnu {

// What of the surroundings changes how a command line is understood.
struct environment {
  std::optional<std::string> version_control = {};
  std::optional<std::string> simple_backup_suffix = {};
  bool posixly_correct = false;
  bool selinux = false;
  bool utf8 = false;  // Names may be shown in UTF-8.
};

struct command_line {
  enum class wish { copy, help, version };

  wish what = wish::copy;
  options how;
  plan_request operands;
  std::vector<std::string> warnings;
};

// `arguments` begin with the name of the program. getopt_long itself says on standard error which
// option it does not know, and looks for POSIXLY_CORRECT in the process's environment. Not
// thread-safe, as it keeps its place in globals.
[[nodiscard]] par::expected<command_line, misuse> parse_command_line(
    std::vector<std::string> arguments, const environment& around);

}  // namespace copytree::gnu
