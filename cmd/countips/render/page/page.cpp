#include "countips/render/page/page.h"

#include <fmt/core.h>

#include <cstdint>
#include <optional>

#include "countips/render/page/bar_chart.h"
#include "countips/render/page/column_chart.h"
#include "countips/render/page/drawing.h"
#include "countips/render/page/markup.h"
#include "countips/render/page/style.h"
#include "countips/render/page/time_line.h"
#include "countips/render/render.h"

namespace countips {

namespace {

std::string heading(grouping by) {
  std::string what = "Requests and distinct clients";
  if (by == grouping::total) return what;
  return what + (is_span_of_time(by) ? " per " : " by ") + name_of(by);
}

// Nothing is loaded and nothing runs, whatever a name in a log should say.
std::string head(const std::string& title) {
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
      "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n"
      "<title>{}</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>\n{}</style>\n</head>\n",
      markup(title), page_style());
}

std::string subtitle(const report& what) {
  if (what.rows.empty()) return "<p class=\"span\">No requests.</p>\n";
  if (!is_span_of_time(what.by)) return {};
  const std::string& first = what.rows.front().name;
  const std::string& last = what.rows.back().name;
  return fmt::format("<p class=\"span\">{}</p>\n",
                     markup(first == last ? first : first + " to " + last));
}

std::string headline_number(const std::string& name, std::uint64_t number) {
  return fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", name, with_separators(number));
}

std::string label_of_clients(const report& what) {
  return "distinct " + plural(clients_in(what).singular);
}

std::string headline(const report& what) {
  if (what.rows.empty()) return {};
  std::string text = "<dl>\n";
  if (what.total) {
    text += headline_number("requests", what.total->requests);
    text += headline_number(label_of_clients(what), what.total->clients);
    if (what.total->hosts) text += headline_number("host names", *what.total->hosts);
  }
  if (what.by != grouping::total) {
    text +=
        headline_number(name_of(what.by) + (what.rows.size() == 1 ? "" : "s"), what.rows.size());
  }
  return text + "</dl>\n";
}

std::string figure(const std::string& chart, const std::string& caption) {
  return "<figure>\n<div class=\"scroll\">\n" + chart + "</div>\n" +
         (caption.empty() ? "" : "<figcaption>" + markup(caption) + "</figcaption>\n") +
         "</figure>\n";
}

std::string caption_of(const time_line& line) {
  const std::string span = name_of(line.by);
  std::string text;
  if (line.spans_per_slot > 1) {
    text = fmt::format("Each column stands for {} and is as high as the highest of them. ",
                       amount(line.spans_per_slot, span));
  }
  if (line.left_out > 0) {
    text += fmt::format("{} without requests {} left out between the columns.",
                        amount(line.left_out, span), line.left_out == 1 ? "is" : "are");
  }
  return text;
}

std::string caption_of_bars(const report& what) {
  std::string text;
  if (what.rows.size() > most_bars) {
    text = fmt::format("The {} with the most requests, of {}. ", most_bars,
                       with_separators(what.rows.size()));
  }
  const std::string_view folder = common_folder(what);
  if (!folder.empty()) text += fmt::format("All files are in {}", folder);
  return text;
}

std::string chart(const report& what) {
  if (what.rows.empty() || what.by == grouping::total) return {};
  if (is_span_of_time(what.by)) {
    const time_line line = time_line_of(what, most_columns);
    return line.slots.empty() ? "" : figure(column_chart(what, line), caption_of(line));
  }
  return figure(bar_chart(what), caption_of_bars(what));
}

std::string cell(const std::optional<std::uint64_t>& number) {
  return "<td>" + (number ? with_separators(*number) : std::string()) + "</td>";
}

std::string table_row(const report_row& row) {
  return fmt::format("<tr><th scope=\"row\">{}</th>{}{}{}</tr>\n", markup(row.name),
                     cell(row.requests), cell(row.clients), row.hosts ? cell(row.hosts) : "");
}

// The busiest clients, below their row.
std::string rows_of_top(const report_row& row) {
  if (!row.top) return {};
  const std::string blank = row.hosts ? cell({}) + cell({}) : cell({});
  std::string text;
  for (const top_client& each : *row.top) {
    text += fmt::format("<tr class=\"top\"><th scope=\"row\">{}</th>{}{}</tr>\n",
                        markup(each.client), cell(each.requests), blank);
  }
  return text;
}

std::string table(const report& what) {
  if (what.rows.empty()) return {};
  std::string text = fmt::format(
      "<table>\n<thead><tr><th scope=\"col\">{}</th><th scope=\"col\">requests</th>"
      "<th scope=\"col\">{}</th>{}</tr></thead>\n<tbody>\n",
      name_of(what.by), label_of_clients(what),
      what.has_hosts ? "<th scope=\"col\">host names</th>" : "");
  for (const report_row& row : what.rows) text += table_row(row) + rows_of_top(row);
  text += "</tbody>\n";
  if (const report_row* const total = total_below(what)) {
    text += "<tfoot>\n" + table_row(*total) + "</tfoot>\n";
  }
  return text + "</table>\n";
}

std::string notes_list(const std::vector<std::string>& notes) {
  if (notes.empty()) return {};
  std::string text = "<ul class=\"notes\">\n";
  for (const std::string& note : notes) text += "<li>" + markup(note) + "</li>\n";
  return text + "</ul>\n";
}

// Why the numbers of a column need not add up to the one below it.
std::string about_total(const report& what) {
  if (total_below(what) == nullptr || what.rows.size() < 2) return {};
  return fmt::format("A client of several {}s counts once in the total.", name_of(what.by));
}

}  // namespace

std::string render_page(const report& what, const std::vector<std::string>& notes) {
  const std::string title = heading(what.by);
  std::vector<std::string> all_notes = notes;
  if (const std::string about = about_total(what); !about.empty()) {
    all_notes.insert(all_notes.begin(), about);
  }
  return head(title) + "<body>\n<main>\n<h1>" + markup(title) + "</h1>\n" + subtitle(what) +
         headline(what) + chart(what) + table(what) + notes_list(all_notes) +
         "</main>\n</body>\n</html>\n";
}

}  // namespace countips
