// Numbers as people write and read them.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "par/base/expected.h"

namespace cli {

// "812 B", "1.4 GiB": powers of 1024, one digit after the point below 10 units, none above.
[[nodiscard]] std::string format_size(std::uint64_t bytes);

// "812 MiB/s".
[[nodiscard]] std::string format_rate(double bytes_per_second);

// "0:03:12": hours, minutes, seconds, rounded down. Negative spans are shown as 0:00:00.
[[nodiscard]] std::string format_duration(std::chrono::nanoseconds span);

// "1,234,567".
[[nodiscard]] std::string format_count(std::uint64_t count);

// "1 file", "1,234 files": the count with the noun it counts.
[[nodiscard]] std::string format_count(std::uint64_t count, std::string_view one,
                                       std::string_view many);

// Decimal digits and nothing else. The error says what is wrong: "not a number".
[[nodiscard]] par::expected<std::uint64_t, std::string> parse_number(std::string_view text);

// A number, alone or with a power of 1024 behind it: K, M, G, T, P or E, in either case, also
// written as KiB. "64K" is 65536.
[[nodiscard]] par::expected<std::uint64_t, std::string> parse_size(std::string_view text);

}  // namespace cli
