// A report as text.
#pragma once

#include <string>

#include "countips/counting/report.h"
#include "countips/render/bar.h"

namespace countips {

enum class output_format {
  table,   // Aligned columns, bars where there is room, and a line for the total, for people.
  tsv,     // One line a row, fields separated by tabs; \t, \n, \r and \\ stand for what they say.
  csv,     // As in RFC 4180, with lines that end in a newline only.
  json,    // One object.
  ndjson,  // One object a row, each on a line.
};

// What is printed beside the rows.
struct line_parts {
  bool header = true;  // The line of column names that table, tsv and csv have.
  bool total = false;  // A row for the total in tsv, csv and ndjson, if the report has it.
};

// How wide a table with bars may become, in columns of the terminal; 0: no bars.
struct bar_space {
  int columns = 0;
  bar_characters made_of = bar_characters::ascii;
};

[[nodiscard]] std::string render(const report& what, output_format format, const line_parts& parts,
                                 const bar_space& bars = {});

// One of each kind.
[[nodiscard]] std::string render_table(const report& what, bool header, const bar_space& bars);
[[nodiscard]] std::string render_tsv(const report& what, const line_parts& parts);
[[nodiscard]] std::string render_csv(const report& what, const line_parts& parts);
[[nodiscard]] std::string render_json(const report& what);
[[nodiscard]] std::string render_ndjson(const report& what, bool total);

// The total as a row below the others; nullptr if the report has none, or no other row than that.
[[nodiscard]] const report_row* total_below(const report& what);

// What the first column is called: "day" or "file".
[[nodiscard]] std::string name_of(grouping by);

}  // namespace countips
