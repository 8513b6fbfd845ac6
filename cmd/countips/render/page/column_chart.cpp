#include "countips/render/page/column_chart.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>

#include "countips/render/page/axis_labels.h"
#include "countips/render/page/drawing.h"
#include "countips/render/page/markup.h"
#include "countips/render/page/scale.h"
#include "countips/render/render.h"

namespace countips {

namespace {

constexpr unsigned intervals = 4;
constexpr double panel_height = 168;
constexpr double title_height = 36;   // Above each panel.
constexpr double panel_gap = 24;      // Between a panel and the title of the next.
constexpr double labels_height = 48;  // Below the last.
constexpr double right_margin = 20;
constexpr double height = 2 * (title_height + panel_height) + panel_gap + labels_height;

struct panel {
  series which;
  scale values;
  double top;

  [[nodiscard]] double bottom() const { return top + panel_height; }
  [[nodiscard]] double y_of(std::uint64_t value) const {
    return bottom() - values.share(value) * panel_height;
  }
};

panel make_panel(const series& which, const report& what, double top) {
  return {.which = which, .values = scale::up_to(most_of(which, what.rows), intervals), .top = top};
}

struct layout {
  panel requests;
  panel clients;
  axis_place place;
};

layout lay_out(const report& what, std::size_t slots) {
  constexpr double second = 2 * title_height + panel_height + panel_gap;
  layout made{.requests = make_panel(requests_series, what, title_height),
              .clients = make_panel(clients_in(what), what, second),
              .place = {}};
  constexpr double gap = 10;  // Between the numbers of the ticks and the axis.
  const double numbers = std::max(small_text_width(with_separators(made.requests.values.top)),
                                  small_text_width(with_separators(made.clients.values.top)));
  made.place = {
      .left = numbers + gap,
      .pitch = (drawing_width - numbers - gap - right_margin) / static_cast<double>(slots),
      .right_margin = right_margin};
  return made;
}

std::string draw_axis(const panel& its, double left) {
  std::string text = panel_title(0, its.top - title_height / 2, its.which);
  for (const std::uint64_t tick : its.values.ticks()) {
    const double y = its.y_of(tick);
    text += line_between(left, y, drawing_width - right_margin, y, tick == 0 ? "axis" : "grid");
    text += text_at(left - 8, y + 4, anchor::end, "label", with_separators(tick));
  }
  return text;
}

// All columns of a panel as one path: side by side they leave no seams.
std::string draw_columns(const panel& its, const time_line& line, const axis_place& place,
                         const report_row* time_slot::* row) {
  constexpr double widest = 44;
  constexpr double dense = 5;  // Below this, no blank is left between two columns.
  const double blank = place.pitch < dense ? 0 : place.pitch * 0.24;
  const double width = std::min(place.pitch - blank, widest);
  std::string path;
  for (std::size_t i = 0; i < line.slots.size(); ++i) {
    const report_row* const shown = line.slots[i].*row;
    if (shown == nullptr || shown->*its.which.number == 0) continue;
    const double left = place.left + (static_cast<double>(i) + 0.5) * place.pitch - width / 2;
    const double top = std::min(its.y_of(shown->*its.which.number), its.bottom() - 1);
    path += fmt::format("M{} {}V{}H{}V{}Z", length(left), length(its.bottom()), length(top),
                        length(left + width), length(its.bottom()));
  }
  return fmt::format("<path class=\"columns {}\" d=\"{}\"/>\n", its.which.style, path);
}

// The exact number; where a slot holds several rows, of which one it is.
std::string number_of(const series& which, const time_slot& slot, const report_row* row) {
  if (row == nullptr) return amount(0, which.singular);
  const std::string number = amount(row->*which.number, which.singular);
  return slot.first == slot.last ? number : fmt::format("at most {}, {}", number, row->name);
}

// What shows when the pointer rests on a slot: its number in the title line of each panel.
std::string draw_slot(const layout& made, const time_line& line, std::size_t i) {
  const time_slot& slot = line.slots[i];
  const std::string name = name_of_slot(line.by, slot);
  const std::string requests = number_of(requests_series, slot, slot.most_requests);
  const std::string clients = number_of(made.clients.which, slot, slot.most_clients);
  constexpr double right = drawing_width - right_margin;
  const double left = made.place.left + static_cast<double>(i) * made.place.pitch;
  const double top = made.requests.top;
  return fmt::format("<g class=\"slot\"><title>{}</title>",
                     markup(name + ": " + requests + "; " + clients)) +
         rectangle(left, top, made.place.pitch, made.clients.bottom() - top, "target") +
         text_at(right, top - title_height / 2, anchor::end, "shown", name + ": " + requests) +
         text_at(right, made.clients.top - title_height / 2, anchor::end, "shown",
                 name + ": " + clients) +
         "</g>\n";
}

std::string draw_labels(const layout& made, const time_line& line) {
  std::string text;
  for (const axis_label& label : axis_labels(line, made.place)) {
    const double y = made.clients.bottom() + 18 + 16 * label.line;
    const bool centred = label.line == 0;
    text += text_at(centred ? label.left + label.width / 2 : label.left, y,
                    centred ? anchor::middle : anchor::start, centred ? "label" : "label era",
                    label.text);
  }
  return text;
}

std::string description(const report& what) {
  const series& clients = clients_in(what);
  return fmt::format("From {} to {}: at most {} and {} per {}. The table below has all numbers.",
                     what.rows.front().name, what.rows.back().name,
                     amount(most_of(requests_series, what.rows), requests_series.singular),
                     amount(most_of(clients, what.rows), clients.singular), name_of(what.by));
}

}  // namespace

std::string column_chart(const report& what, const time_line& line) {
  const layout made = lay_out(what, line.slots.size());
  std::string text;
  for (std::size_t i = 0; i < line.slots.size(); ++i) text += draw_slot(made, line, i);
  text += draw_axis(made.requests, made.place.left) + draw_axis(made.clients, made.place.left);
  text += draw_columns(made.requests, line, made.place, &time_slot::most_requests);
  text += draw_columns(made.clients, line, made.place, &time_slot::most_clients);
  text += draw_labels(made, line);
  return drawing(height, title_of_chart(made.clients.which, "per " + name_of(what.by)),
                 description(what), text);
}

}  // namespace countips
