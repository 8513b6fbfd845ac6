#include "countips/render/page/drawing.h"

#include <fmt/core.h>

#include <algorithm>

#include "countips/render/page/markup.h"

namespace countips {

const series& clients_in(const report& what) {
  return what.has_hosts ? addresses_series : clients_series;
}

std::uint64_t most_of(const series& which, const std::vector<report_row>& rows) {
  return rows.empty() ? 0 : std::ranges::max(rows, {}, which.number).*which.number;
}

std::string text_at(double x, double y, anchor where, std::string_view style,
                    std::string_view text) {
  constexpr const char* names[] = {"start", "middle", "end"};
  return fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"{}\" class=\"{}\">{}</text>\n",
                     length(x), length(y), names[static_cast<int>(where)], style, markup(text));
}

std::string line_between(double x1, double y1, double x2, double y2, std::string_view style) {
  return fmt::format("<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" class=\"{}\"/>\n", length(x1),
                     length(y1), length(x2), length(y2), style);
}

std::string rectangle(double x, double y, double width, double height, std::string_view style) {
  return fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" class=\"{}\"/>\n",
                     length(x), length(y), length(width), length(height), style);
}

std::string panel_title(double x, double y, const series& which) {
  constexpr double patch = 10;
  return rectangle(x, y - patch + 1, patch, patch, which.style) +
         text_at(x + patch + 8, y, anchor::start, "panel", which.title);
}

std::string title_of_chart(const series& clients, std::string_view of_what) {
  return fmt::format("Requests and distinct {} {}", plural(clients.singular), of_what);
}

std::string drawing(double height, std::string_view title, std::string_view description,
                    std::string_view content) {
  return fmt::format(
      "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"chart-title chart-text\">\n"
      "<title id=\"chart-title\">{}</title>\n<desc id=\"chart-text\">{}</desc>\n{}</svg>\n",
      length(drawing_width), length(height), markup(title), markup(description), content);
}

}  // namespace countips
