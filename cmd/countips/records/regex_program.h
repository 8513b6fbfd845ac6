// A regular expression of RE2 with named groups.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "par/base/expected.h"

namespace countips {

// Does not change, and copies share what has been compiled; thread-safe.
class regex_program {
 public:
  static constexpr std::size_t most_groups = 32;

  // The error says what is wrong with the pattern, which may have up to most_groups groups.
  [[nodiscard]] static par::expected<regex_program, std::string> compile(std::string_view pattern);

  // The numbers and names of the groups that have one; the first is 1.
  [[nodiscard]] std::vector<std::pair<int, std::string>> names() const;

  // Finds the first match in the line and fills in as many groups as there is room for, each as it
  // stands in the line; the group 0 is the whole match. One that took no part is empty. The fewer
  // are asked for, the faster. REQUIRES room for at most most_groups + 1.
  [[nodiscard]] bool match(std::string_view line, std::span<std::string_view> groups) const;

 private:
  struct compiled;

  regex_program() = default;

  std::shared_ptr<const compiled> compiled_;
};

}  // namespace countips
