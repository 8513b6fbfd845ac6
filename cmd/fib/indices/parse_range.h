// How indices are written: the grammar of fib's operands and of the lists it reads.
#pragma once

#include <string>
#include <string_view>

#include "fib/indices/index_range.h"
#include "par/base/expected.h"

namespace fib {

// Decimal digits, perhaps with a minus sign, no farther from zero than farthest_index. Otherwise
// what is wrong with the text, without repeating it.
[[nodiscard]] par::expected<index, std::string> parse_index(std::string_view text);

// How many: decimal digits, 0 to farthest_index.
[[nodiscard]] par::expected<std::uint64_t, std::string> parse_count(std::string_view text);

// "I..J": from I to J, both included; J < I is an error. "I": that one.
[[nodiscard]] par::expected<index_range, std::string> parse_range(std::string_view text);

// As an operand: "I..J" as above, "N": the first N indices from 1 on, none for 0.
[[nodiscard]] par::expected<index_range, std::string> parse_operand(std::string_view text);

// "from -5 to 5": how a bound on indices is told.
[[nodiscard]] std::string allowed_indices(index farthest);

}  // namespace fib
