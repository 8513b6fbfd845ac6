#include "countips/render/page/bar_chart.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "cli/quote.h"
#include "cli/utf8.h"
#include "countips/render/page/drawing.h"
#include "countips/render/page/markup.h"
#include "countips/render/page/scale.h"
#include "countips/render/render.h"

namespace countips {

namespace {

constexpr double top = 56;    // Of the first row; above it are titles and ticks.
constexpr double pitch = 24;  // From one row to the next.
constexpr double thickness = 14;
constexpr double name_gap = 12;

// Made safe before it is shortened, since that can make it longer.
std::string shown_name(const report_row& row, std::string_view folder) {
  constexpr int longest = 36;
  return cli::elide_middle(cli::escaped(row.name.substr(folder.size())), longest);
}

// In the order of their size; of those of the same size the first come first.
std::vector<report_row> largest(const std::vector<report_row>& rows) {
  std::vector<const report_row*> order;
  for (const report_row& row : rows) order.push_back(&row);
  const auto kept = static_cast<std::ptrdiff_t>(std::min(rows.size(), most_bars));
  std::partial_sort(order.begin(), order.begin() + kept, order.end(),
                    [](const report_row* a, const report_row* b) {
                      return a->requests != b->requests ? a->requests > b->requests : a < b;
                    });
  std::vector<report_row> first;
  for (const report_row* const row : std::span(order).first(static_cast<std::size_t>(kept))) {
    first.push_back(*row);
  }
  return first;
}

struct panel {
  series which;
  scale values;
  double left;
  double width;

  [[nodiscard]] double x_of(std::uint64_t value) const {
    return left + values.share(value) * width;
  }
};

// As many ticks as their numbers leave room for.
scale scale_for(std::uint64_t most, double width) {
  constexpr double gap = 16;
  const double number = small_text_width(with_separators(most)) + gap;
  return scale::up_to(most, static_cast<unsigned>(std::clamp(width / number, 1.0, 4.0)));
}

std::vector<panel> lay_out(const std::vector<report_row>& rows, const series& clients,
                           std::string_view folder) {
  double names = 0;
  for (const report_row& row : rows) {
    names = std::max(names, small_text_width(shown_name(row, folder)));
  }
  // Room for the number behind a bar that fills its panel.
  const double number =
      small_text_width(with_separators(most_of(requests_series, rows))) + name_gap;
  const double left = names + name_gap;
  const double width = (drawing_width - left - 2 * number) / 2;
  std::vector<panel> made;
  for (const series& which : {requests_series, clients}) {
    made.push_back({.which = which,
                    .values = scale_for(most_of(which, rows), width),
                    .left = left + static_cast<double>(made.size()) * (width + number),
                    .width = width});
  }
  return made;
}

std::string draw_axis(const panel& its, double bottom) {
  std::string text = panel_title(its.left, 18, its.which);
  for (const std::uint64_t tick : its.values.ticks()) {
    const double x = its.x_of(tick);
    text += line_between(x, top - 6, x, bottom, tick == 0 ? "axis" : "grid");
    text += text_at(x, top - 12, anchor::middle, "label", with_separators(tick));
  }
  return text;
}

// With its number behind it.
std::string draw_bar(const panel& its, const report_row& row, double y) {
  const std::uint64_t number = row.*its.which.number;
  const double width = number == 0 ? 0 : std::max(its.x_of(number) - its.left, 1.0);
  return rectangle(its.left, y + (pitch - thickness) / 2, width, thickness,
                   fmt::format("bar {}", its.which.style)) +
         text_at(its.left + width + 6, y + pitch / 2 + 4, anchor::start, "value",
                 with_separators(number));
}

std::string draw_row(const std::vector<panel>& panels, std::string_view name, const report_row& row,
                     double y) {
  std::string text = fmt::format("<g class=\"slot\"><title>{}: {}; {}</title>", markup(row.name),
                                 amount(row.requests, requests_series.singular),
                                 amount(row.clients, panels.back().which.singular));
  text += rectangle(0, y, drawing_width, pitch, "target");
  text += text_at(panels.front().left - name_gap, y + pitch / 2 + 4, anchor::end, "label", name);
  for (const panel& each : panels) text += draw_bar(each, row, y);
  return text + "</g>\n";
}

}  // namespace

std::string_view common_folder(const report& what) {
  if (what.by != grouping::file || what.rows.size() < 2) return {};
  std::string_view common = what.rows.front().name;
  for (const report_row& row : what.rows) {
    const auto same = std::ranges::mismatch(common, row.name).in1 - common.begin();
    common = common.substr(0, static_cast<std::size_t>(same));
  }
  return common.substr(0, common.rfind('/') + 1);
}

std::string bar_chart(const report& what) {
  const std::vector<report_row> rows = largest(what.rows);
  const std::string_view folder = common_folder(what);
  const series& clients = clients_in(what);
  const std::vector<panel> panels = lay_out(rows, clients, folder);
  const double bottom = top + pitch * static_cast<double>(rows.size());
  std::string axes;
  for (const panel& each : panels) axes += draw_axis(each, bottom);
  std::string bars;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    bars += draw_row(panels, shown_name(rows[i], folder), rows[i],
                     top + pitch * static_cast<double>(i));
  }
  return drawing(bottom + 8, title_of_chart(clients, "by " + name_of(what.by)),
                 "The table below has all numbers.", axes + bars);
}

}  // namespace countips
