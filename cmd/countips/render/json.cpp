// The report as JSON (RFC 8259).
#include <fmt/core.h>

#include <string>

#include "cli/quote.h"
#include "countips/render/failure_reason.h"
#include "countips/render/json_counts.h"
#include "countips/render/ndjson.h"
#include "countips/render/render.h"

namespace countips {

namespace {

std::string json_rejected(const rejected_lines& lines) {
  return fmt::format(R"({{"file": {}, "lines": {}, "first": {}}})", cli::json_string(lines.path),
                     lines.count, lines.first);
}

std::string json_failure(const input_failure& failed) {
  return fmt::format(R"({{"file": {}, "reason": {}}})", cli::json_string(failed.path),
                     cli::json_string(failure_reason(failed.why)));
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
  text += json_array(what.rows, [&](const report_row& row) { return json_row(what.by, row); });
  if (what.total) {
    text += fmt::format(",\n  \"total\": {{{}}}", json_counts(*what.total));
  }
  text += ",\n  \"rejected\": " + json_array(what.rejected, json_rejected);
  return text + ",\n  \"failures\": " + json_array(what.failures, json_failure) + "\n}\n";
}

}  // namespace countips
