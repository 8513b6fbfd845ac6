// Requests and clients over time: a column for each span.
#pragma once

#include <cstddef>
#include <string>

#include "countips/counting/report.h"
#include "countips/render/page/time_line.h"

namespace countips {

constexpr std::size_t most_columns = 420;  // Each two pixels wide or more.

// A drawing in SVG: two panels one above the other, with the same axis of time. REQUIRES a slot.
[[nodiscard]] std::string column_chart(const report& what, const time_line& line);

}  // namespace countips
