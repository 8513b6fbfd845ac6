// The names of files in the making.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>

namespace copytree {

// ".copytree-PID-N~": another one at each call.
[[nodiscard]] std::string temporary_name();

// The process that has made such a name; nothing if it is none.
[[nodiscard]] std::optional<pid_t> maker_of(std::string_view name);

}  // namespace copytree
