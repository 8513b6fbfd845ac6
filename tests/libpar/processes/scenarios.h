// What a test does in another run of its program, since it spoils the process that it happens in.
#pragma once

#include <string_view>

namespace par {

inline constexpr std::string_view scenario_option = "--scenario=";

// The exit status; what went wrong stands on standard error.
int run_scenario(std::string_view option, int argc, char** argv);

}  // namespace par
