#include "countips/shell/inputs_asked_for.h"

#include <algorithm>

#include "cli/command.h"
#include "countips/input/inputs.h"
#include "countips/input/name_list.h"
#include "countips/shell/failure_text.h"

namespace countips {

namespace {

// Also if it is what the list of names itself, or a configuration, is read from.
void check_standard_input(const std::vector<std::string>& names, const std::string& list,
                          const std::vector<std::string>& configurations) {
  const auto uses = std::ranges::count(names, standard_input) + (list == standard_input ? 1 : 0) +
                    std::ranges::count(configurations, standard_input);
  if (uses > 1) throw cli::usage_error("standard input can be read only once");
}

}  // namespace

std::optional<std::vector<std::string>> inputs_asked_for(cli::session& session,
                                                         const settings& chosen) {
  const std::string list = chosen.names_from_input ? standard_input : chosen.files0_from;
  const std::vector<std::string>& operands = session.operands();
  if (list.empty()) {
    std::vector<std::string> inputs = operands.empty() ? std::vector{standard_input} : operands;
    check_standard_input(inputs, list, chosen.configurations);
    return inputs;
  }
  if (!operands.empty()) {
    throw cli::usage_error("operand " + cli::quoted(operands.front()) +
                           ": files cannot be combined with a list of names");
  }
  auto read = read_name_list(list, system_files(), session.stop());
  if (!read) {
    if (!session.stop()) session.log().error(failure_text({list, read.error()}));
    return std::nullopt;
  }
  for (const input_failure& failed : read->failures) session.log().error(failure_text(failed));
  check_standard_input(read->names, list, chosen.configurations);
  return std::move(read->names);
}

}  // namespace countips
