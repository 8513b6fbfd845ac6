// Requests and clients by name: a line of bars for each file or host.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "countips/counting/report.h"

namespace countips {

constexpr std::size_t most_bars = 40;

// The folder that all files of the report are in, with a slash at its end; empty if there is none,
// or files are not what is counted by. The chart does not repeat it.
[[nodiscard]] std::string_view common_folder(const report& what);

// A drawing in SVG: two panels side by side, for the rows with the most requests. REQUIRES a row.
[[nodiscard]] std::string bar_chart(const report& what);

}  // namespace countips
