// From the command line to applied options and operands.
#pragma once

#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/option.h"

namespace cli {

// What "-5" is: an option that nobody knows, or an operand, for commands that take numbers.
enum class minus_digit { option, operand };

// Takes the arguments without the name of the command, applies every option in the order given and
// returns the operands. Throws usage_error. Options and operands may be mixed; "--" ends options;
// "-" is an operand; short flags may be grouped; values follow as -j4, -j 4, --jobs=4 or --jobs 4,
// one that may be left out only as --backup=simple.
[[nodiscard]] std::vector<std::string> parse(const std::vector<option>& table,
                                             const std::vector<std::string>& arguments,
                                             minus_digit meaning = minus_digit::option);

// Throws usage_error if there are too few or too many.
void check_operands(const operands& rule, const std::vector<std::string>& given);

}  // namespace cli
