// The report as JSON (RFC 8259).
#include <fmt/core.h>

#include <string>

#include "cli/quote.h"
#include "countips/render/render.h"

namespace countips {

namespace {

std::string json_row(const report& what, const report_row& row) {
  return fmt::format(R"({{"{}": {}, "requests": {}, "clients": {}}})", name_of(what.by),
                     cli::json_string(row.name), row.requests, row.clients);
}

std::string json_malformed(const malformed_lines& lines) {
  return fmt::format(R"({{"file": {}, "lines": {}, "first": {}}})", cli::json_string(lines.path),
                     lines.count, lines.first);
}

// An array with one element a line.
template <class Elements, class ToJson>
std::string json_array(const Elements& elements, ToJson to_json) {
  std::string text = "[";
  const char* separator = "\n    ";
  for (const auto& element : elements) {
    text += separator + to_json(element);
    separator = ",\n    ";
  }
  return text + (elements.empty() ? "]" : "\n  ]");
}

}  // namespace

std::string render_json(const report& what) {
  std::string text = fmt::format("{{\n  \"by\": \"{}\",\n  \"rows\": ", name_of(what.by));
  text += json_array(what.rows, [&](const report_row& row) { return json_row(what, row); });
  if (what.total) {
    text += fmt::format(",\n  \"total\": {{\"requests\": {}, \"clients\": {}}}",
                        what.total->requests, what.total->clients);
  }
  return text + ",\n  \"malformed\": " + json_array(what.malformed, json_malformed) + "\n}\n";
}

}  // namespace countips
