#include "countips/render/top.h"

#include <fmt/core.h>

#include "countips/render/render.h"

namespace countips {

std::string render_top(const report& what, bool header, char delimiter, field_text field) {
  std::string text;
  if (header) text += fmt::format("{1}{0}rank{0}client{0}requests\n", delimiter, name_of(what.by));
  for (const report_row& row : what.rows) {
    if (!row.top) continue;
    int rank = 0;
    for (const top_client& each : *row.top) {
      text += fmt::format("{1}{0}{2}{0}{3}{0}{4}\n", delimiter, field(row.name), ++rank,
                          field(each.client), each.requests);
    }
  }
  return text;
}

}  // namespace countips
