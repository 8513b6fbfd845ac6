// An option whose value is turned into something else.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "cli/option.h"

namespace countips {

[[nodiscard]] inline cli::option option_value(std::string name, std::string what, std::string help,
                                              std::function<cli::applied(std::string_view)> apply) {
  return {.name = std::move(name),
          .argument = std::move(what),
          .help = std::move(help),
          .apply = std::move(apply)};
}

}  // namespace countips
