// A report as a page for a browser.
#pragma once

#include <string>
#include <vector>

#include "countips/counting/report.h"

namespace countips {

// One file of HTML that needs nothing else and runs no script: headline numbers, a chart of
// requests and clients where there is more than one row to compare, and a table of all rows.
// `notes` are what a reader of the numbers must know, as of files that could not be read. Clients
// in all are shown if the report has its total.
[[nodiscard]] std::string render_page(const report& what, const std::vector<std::string>& notes);

}  // namespace countips
