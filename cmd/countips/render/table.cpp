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
};

table_line line_of(const report_row& row) {
  return {cli::escaped(row.name), std::to_string(row.requests), std::to_string(row.clients)};
}

}  // namespace

std::string render_table(const report& what, bool header) {
  std::vector<table_line> lines;
  if (header) lines.push_back({name_of(what.by), "requests", "clients"});
  for (const report_row& row : what.rows) lines.push_back(line_of(row));
  if (what.total) lines.push_back(line_of(*what.total));

  int names = 0;
  std::size_t requests = 0;
  std::size_t clients = 0;
  for (const table_line& line : lines) {
    names = std::max(names, cli::width(line.name));
    requests = std::max(requests, line.requests.size());
    clients = std::max(clients, line.clients.size());
  }
  std::string text;
  for (const table_line& line : lines) {
    const std::string padding(static_cast<std::size_t>(names - cli::width(line.name)), ' ');
    text += fmt::format("{}{}  {:>{}}  {:>{}}\n", line.name, padding, line.requests, requests,
                        line.clients, clients);
  }
  return text;
}

}  // namespace countips
