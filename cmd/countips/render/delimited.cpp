// Rows as lines of fields: TSV and CSV.
#include <fmt/core.h>

#include <string_view>

#include "countips/render/render.h"
#include "countips/render/top.h"

namespace countips {

namespace {

std::string tsv_field(std::string_view text) {
  std::string field;
  for (const char c : text) {
    switch (c) {
      case '\t':
        field += "\\t";
        break;
      case '\n':
        field += "\\n";
        break;
      case '\r':
        field += "\\r";
        break;
      case '\\':
        field += "\\\\";
        break;
      default:
        field += c;
    }
  }
  return field;
}

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string field = "\"";
  for (const char c : text) {
    if (c == '"') field += '"';
    field += c;
  }
  return field + '"';
}

std::string render_delimited(const report& what, const line_parts& parts, char delimiter,
                             field_text field) {
  if (what.has_top) return render_top(what, parts.header, delimiter, field);
  std::string text;
  const auto add = [&](const report_row& row) {
    text += fmt::format("{1}{0}{2}{0}{3}", delimiter, field(row.name), row.requests, row.clients);
    text += row.hosts ? fmt::format("{}{}\n", delimiter, *row.hosts) : "\n";
  };
  if (parts.header) {
    text += fmt::format("{1}{0}requests{0}clients", delimiter, name_of(what.by));
    text += what.has_hosts ? fmt::format("{}hosts\n", delimiter) : "\n";
  }
  for (const report_row& row : what.rows) add(row);
  const report_row* const total = total_below(what);
  if (parts.total && total != nullptr) add(*total);
  return text;
}

}  // namespace

std::string render_tsv(const report& what, const line_parts& parts) {
  return render_delimited(what, parts, '\t', tsv_field);
}

std::string render_csv(const report& what, const line_parts& parts) {
  return render_delimited(what, parts, ',', csv_field);
}

}  // namespace countips
