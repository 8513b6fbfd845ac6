#include <fmt/core.h>

#include <algorithm>
#include <vector>

#include "cli/quote.h"
#include "cli/utf8.h"
#include "countips/render/render.h"

namespace countips {

namespace {

struct table_line {
  std::string name;
  std::string requests;
  std::string clients;
  std::string hosts = {};               // If they are counted separately.
  const report_row* charted = nullptr;  // Of whose requests the bar is.
  std::string bar = {};
};

struct column_widths {
  int name = 0;
  int requests = 0;
  int clients = 0;
  int hosts = 0;

  [[nodiscard]] int all() const {
    return name + requests + clients + 2 * gap + (hosts == 0 ? 0 : hosts + gap);
  }

  static constexpr int gap = 2;
};

table_line line_of(const report_row& row) {
  return {cli::escaped(row.name), std::to_string(row.requests), std::to_string(row.clients),
          row.hosts ? std::to_string(*row.hosts) : std::string()};
}

// The clients below their row, as far as they are named.
void add_top(const report_row& row, std::vector<table_line>& to) {
  if (!row.top) return;
  for (const top_client& each : *row.top) {
    to.push_back({"  " + cli::escaped(each.client), std::to_string(each.requests), {}});
  }
}

column_widths widths_of(const std::vector<table_line>& lines) {
  column_widths widths;
  for (const table_line& line : lines) {
    widths.name = std::max(widths.name, cli::width(line.name));
    widths.requests = std::max(widths.requests, static_cast<int>(line.requests.size()));
    widths.clients = std::max(widths.clients, static_cast<int>(line.clients.size()));
    widths.hosts = std::max(widths.hosts, static_cast<int>(line.hosts.size()));
  }
  return widths;
}

// Beside the numbers, as far as there is room; one column stays free, since some terminals begin a
// new line as soon as the last one is full. A single row has nothing to be compared with.
void add_bars(const report& what, const bar_space& space, int used,
              std::vector<table_line>& lines) {
  constexpr int narrowest = 8;
  const int columns = space.columns - used - column_widths::gap - 1;
  if (columns < narrowest || what.rows.size() < 2) return;
  const auto most = std::ranges::max(what.rows, {}, &report_row::requests).requests;
  for (table_line& line : lines) {
    if (line.charted == nullptr) continue;
    line.bar = bar(line.charted->requests, most, columns, space.made_of);
  }
}

std::string text_of(const table_line& line, const column_widths& widths) {
  const std::string padding(static_cast<std::size_t>(widths.name - cli::width(line.name)), ' ');
  std::string text =
      fmt::format("{}{}  {:>{}}", line.name, padding, line.requests, widths.requests);
  if (!line.clients.empty()) text += fmt::format("  {:>{}}", line.clients, widths.clients);
  if (!line.hosts.empty()) text += fmt::format("  {:>{}}", line.hosts, widths.hosts);
  if (!line.bar.empty()) text += "  " + line.bar;
  return text + '\n';
}

}  // namespace

std::string render_table(const report& what, bool header, const bar_space& bars) {
  std::vector<table_line> lines;
  if (header) {
    lines.push_back({name_of(what.by), "requests", "clients", what.has_hosts ? "hosts" : ""});
  }
  for (const report_row& row : what.rows) {
    lines.push_back(line_of(row));
    lines.back().charted = &row;
    add_top(row, lines);
  }
  if (const report_row* const total = total_below(what)) lines.push_back(line_of(*total));

  const column_widths widths = widths_of(lines);
  add_bars(what, bars, widths.all(), lines);
  std::string text;
  for (const table_line& line : lines) text += text_of(line, widths);
  return text;
}

}  // namespace countips
