// A report as text.
#pragma once

#include <string>

#include "countips/report.h"

namespace countips {

enum class output_format {
  table,  // Aligned columns and a line for the total, for people.
  tsv,    // One line a row, fields separated by tabs; \t, \n, \r and \\ stand for what they say.
  csv,    // As in RFC 4180, with lines that end in a newline only.
  json,   // One object.
};

// `header` asks for the line of column names that all but json have.
[[nodiscard]] std::string render(const report& what, output_format format, bool header);

// One of each kind.
[[nodiscard]] std::string render_table(const report& what, bool header);
[[nodiscard]] std::string render_tsv(const report& what, bool header);
[[nodiscard]] std::string render_csv(const report& what, bool header);
[[nodiscard]] std::string render_json(const report& what);

// What the first column is called: "day" or "file".
[[nodiscard]] std::string name_of(grouping by);

}  // namespace countips
