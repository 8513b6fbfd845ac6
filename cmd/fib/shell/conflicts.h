// Which options contradict each other.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace fib {

// Two that cannot be given together, and why. The operands have names too: "N" for N and I..J, "-"
// for the list.
struct conflict {
  std::string_view one;
  std::string_view other;
  std::string_view why;
};

// All of them: whatever is not here goes together.
[[nodiscard]] std::span<const conflict> conflicts();

// What to tell the user about the first of them among the names given.
[[nodiscard]] std::optional<std::string> conflict_among(
    const std::set<std::string, std::less<>>& given);

}  // namespace fib
