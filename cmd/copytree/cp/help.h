// What cp prints about itself.
#pragma once

#include <string>

namespace copytree::gnu {

[[nodiscard]] std::string help(const std::string& program);
[[nodiscard]] std::string version();

}  // namespace copytree::gnu
