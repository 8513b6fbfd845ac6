// The words for what went wrong.
#pragma once

#include <string>

#include "copytree/error.h"

namespace copytree {

// As GNU cp words it: "cannot stat 'a/b': No such file or directory". Names are quoted and escaped.
[[nodiscard]] std::string describe(const error& what);

// "'a/b' -> 'c/b'"
[[nodiscard]] std::string describe_copy(const std::string& source, const std::string& destination);

// "removed 'c/b'"
[[nodiscard]] std::string describe_removal(const std::string& destination);

}  // namespace copytree
