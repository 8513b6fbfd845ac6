#include "cli/progress_text.h"

#include <fmt/format.h>

#include <string_view>
#include <vector>

#include "cli/quote.h"
#include "cli/units.h"
#include "cli/utf8.h"

namespace cli {
namespace {

constexpr int bar_cells = 10;
constexpr int least_path = 12;  // Columns; less of a path helps nobody.

// A piece of the line. The higher its rank, the earlier it has to go.
struct piece {
  int rank;
  std::string text;
};

std::string bar(int percent) {
  const auto full = static_cast<std::size_t>(percent * bar_cells / 100);
  return fmt::format("[{}{}]", std::string(full, '#'), std::string(bar_cells - full, '.'));
}

std::string head(const progress_figures& figures, const progress_sample& sample) {
  if (figures.percent) return fmt::format("{:3}%", *figures.percent);
  return sample.counting ? "counting" : format_duration(figures.elapsed);
}

std::string_view growing(const progress_sample& sample) {
  return sample.counting ? "+" : "";
}

std::string items_of(const progress_sample& sample) {
  if (!sample.items_total) return fmt::format("{} {}", format_count(sample.items), sample.unit);
  return fmt::format("{}/{}{} {}", format_count(sample.items), format_count(*sample.items_total),
                     growing(sample), sample.unit);
}

// "1.2/2.9 GiB", "812 KiB/2.9 GiB": the unit once where it is the same.
std::string bytes_of(const progress_sample& sample) {
  std::string done = format_size(sample.bytes);
  if (!sample.bytes_total) return done;
  const std::string total = format_size(*sample.bytes_total);
  const std::size_t unit_at = total.find(' ');
  const std::string unit = total.substr(unit_at);
  if (done.ends_with(unit)) done.resize(done.size() - unit.size());
  return fmt::format("{}/{}{}{}", done, total.substr(0, unit_at), growing(sample), unit);
}

std::string rate_of(const progress_sample& sample, const progress_figures& figures) {
  if (figures.bytes_per_second > 0) return format_rate(*figures.bytes_per_second);
  if (!figures.items_per_second) return {};
  return fmt::format("{} {}/s", format_count(static_cast<std::uint64_t>(*figures.items_per_second)),
                     sample.unit);
}

std::vector<piece> pieces_of(const progress_sample& sample, const progress_figures& figures) {
  std::vector<piece> pieces = {{0, head(figures, sample)}};
  if (figures.percent) pieces.push_back({5, bar(*figures.percent)});
  if (sample.items > 0 || sample.items_total > 0U) pieces.push_back({1, items_of(sample)});
  if (sample.bytes > 0 || sample.bytes_total > 0U) pieces.push_back({2, bytes_of(sample)});
  if (const std::string rate = rate_of(sample, figures); !rate.empty()) pieces.push_back({3, rate});
  if (figures.left) pieces.push_back({4, format_duration(*figures.left) + " left"});
  return pieces;
}

std::string joined(const std::vector<piece>& pieces, int highest_rank) {
  std::string line;
  for (const piece& one : pieces) {
    if (one.rank > highest_rank) continue;
    if (!line.empty()) line += one.rank == 5 ? " " : "  ";
    line += one.text;
  }
  return line;
}

}  // namespace

std::string progress_text(const progress_sample& sample, const progress_figures& figures,
                          int columns) {
  const std::vector<piece> pieces = pieces_of(sample, figures);
  int highest_rank = 5;
  std::string line = joined(pieces, highest_rank);
  while (highest_rank > 0 && width(line) > columns) line = joined(pieces, --highest_rank);
  const int left = columns - width(line) - 2;
  if (highest_rank == 5 && left >= least_path && !sample.current.empty()) {
    line += "  " + elide_middle(escaped(sample.current), left);
  }
  return std::string(cut(line, columns));
}

}  // namespace cli
