#include "countips/render/json_counts.h"

#include <fmt/core.h>

#include "cli/quote.h"

namespace countips {

namespace {

std::string json_top(const std::vector<top_client>& top) {
  std::string text;
  for (const top_client& each : top) {
    text += fmt::format(R"({}{{"client": {}, "requests": {}}})", text.empty() ? "" : ", ",
                        cli::json_string(each.client), each.requests);
  }
  return '[' + text + ']';
}

}  // namespace

std::string json_counts(const report_row& row) {
  std::string text = fmt::format(R"("requests": {}, "clients": {})", row.requests, row.clients);
  if (row.hosts) text += fmt::format(R"(, "hosts": {})", *row.hosts);
  if (row.top) text += R"(, "top": )" + json_top(*row.top);
  return text;
}

}  // namespace countips
