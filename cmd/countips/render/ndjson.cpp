#include "countips/render/ndjson.h"

#include <fmt/core.h>

#include "cli/quote.h"
#include "countips/render/json_counts.h"
#include "countips/render/render.h"

namespace countips {

std::string json_row(grouping by, const report_row& row) {
  return fmt::format(R"({{"{}": {}, {}}})", name_of(by), cli::json_string(row.name),
                     json_counts(row));
}

std::string render_ndjson(const report& what, bool total) {
  std::string text;
  for (const report_row& row : what.rows) text += json_row(what.by, row) + '\n';
  const report_row* const last = total_below(what);
  if (total && last != nullptr) text += json_row(what.by, *last) + '\n';
  return text;
}

}  // namespace countips
