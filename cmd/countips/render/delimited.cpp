// Rows as lines of fields: TSV and CSV.
#include <fmt/core.h>

#include <string_view>

#include "countips/render/render.h"

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

template <class Field>
std::string render_delimited(const report& what, bool header, char delimiter, Field field) {
  std::string text;
  if (header) text += fmt::format("{1}{0}requests{0}clients\n", delimiter, name_of(what.by));
  for (const report_row& row : what.rows) {
    text += fmt::format("{1}{0}{2}{0}{3}\n", delimiter, field(row.name), row.requests, row.clients);
  }
  return text;
}

}  // namespace

std::string render_tsv(const report& what, bool header) {
  return render_delimited(what, header, '\t', tsv_field);
}

std::string render_csv(const report& what, bool header) {
  return render_delimited(what, header, ',', csv_field);
}

}  // namespace countips
