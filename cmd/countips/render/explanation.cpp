#include "countips/render/explanation.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstddef>

#include "cli/quote.h"
#include "countips/input/inputs.h"

namespace countips {

namespace {

constexpr std::size_t longest_shown = 200;

std::string shown(std::string_view line) {
  const bool is_cut = line.size() > longest_shown;
  return cli::escaped(line.substr(0, longest_shown)) + (is_cut ? "..." : "");
}

std::string percent(std::uint64_t part, std::uint64_t whole) {
  const double share =
      whole == 0 ? 0 : 100 * static_cast<double>(part) / static_cast<double>(whole);
  return fmt::format("{:.1f} %", share);
}

std::string format_line(const format_summary& format) {
  if (!format.name.empty()) return format.name;
  return format.is_blank ? "there is nothing in it" : "none that is known";
}

std::string candidate_line(const format_summary::candidate& each, std::uint64_t lines) {
  return fmt::format("{} ({} of {} lines, {} from end to end)", each.name, each.accepted, lines,
                     each.fitting);
}

std::string evidence(const format_summary& found) {
  std::string text;
  // The one that was taken, and those that came next.
  constexpr std::array<std::string_view, 4> labels = {"evidence", "rather than", "", ""};
  for (std::size_t i = 0; i < std::min(found.candidates.size(), labels.size()); ++i) {
    text +=
        fmt::format("  {:<12}{}\n", labels[i], candidate_line(found.candidates[i], found.lines));
  }
  return text;
}

std::string counted(std::uint64_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string line_kinds(const line_counts& lines) {
  std::string text =
      fmt::format("  lines       {}: {}", lines.lines, counted(lines.accepted, "request"));
  if (lines.counted < lines.accepted) text += fmt::format(", {} of them asked for", lines.counted);
  if (lines.other > 0) text += ", " + counted(lines.other, "other record");
  if (lines.comments > 0) text += ", " + counted(lines.comments, "comment");
  if (lines.blank > 0) text += fmt::format(", {} blank", lines.blank);
  if (lines.rejected == 0) return text + "\n";
  return text + fmt::format(", {} rejected ({})\n", lines.rejected,
                            percent(lines.rejected, lines.records()));
}

}  // namespace

std::string_view text_of(reject_reason why) {
  switch (why) {
    case reject_reason::no_client:
      return "no client";
    case reject_reason::no_time:
      return "no valid time";
    case reject_reason::shape:
    case reject_reason::none:
      break;
  }
  return "not of the format";
}

std::string render_explanation(const report& what) {
  std::string text;
  for (const input_summary& each : what.inputs) {
    text += (each.path == standard_input ? "standard input" : cli::escaped(each.path)) + "\n";
    text += fmt::format("  format      {}\n", format_line(each.format));
    text += evidence(each.format) + line_kinds(each.lines);
    for (const rejected_line& line : each.rejects) {
      text += fmt::format("  line {}: {}: {}\n", line.number, text_of(line.why), shown(line.text));
    }
  }
  return text;
}

}  // namespace countips
