// Scripts that teach a shell to complete a command.
#pragma once

#include <span>
#include <string>

#include "cli/command.h"
#include "cli/option.h"

namespace cli {

// The whole table: the command's own options and the common ones. Options whose argument is called
// FILE, DIR or DIRECTORY complete names; those with choices complete these.
[[nodiscard]] std::string bash_completion(const command& what, std::span<const option> table);
[[nodiscard]] std::string zsh_completion(const command& what, std::span<const option> table);
[[nodiscard]] std::string fish_completion(const command& what, std::span<const option> table);

namespace detail {

enum class value_kind { none, choice, file, directory, free };

[[nodiscard]] value_kind kind_of(const option& one);

// The first sentence or clause of the help, without its full stop: what fits into a menu.
[[nodiscard]] std::string brief(const option& one);

}  // namespace detail

}  // namespace cli
