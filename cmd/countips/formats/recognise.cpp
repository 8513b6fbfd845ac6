#include "countips/formats/recognise.h"

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <utility>

#include "countips/formats/leading_address.h"
#include "countips/formats/prefixed.h"
#include "countips/formats/prefixes.h"
#include "countips/formats/read_lines.h"

namespace countips {

namespace {

using lines = std::vector<std::string_view>;

lines lines_of(std::string_view sample) {
  lines found;
  while (!sample.empty()) {
    std::string_view line = without_lead(take_line(sample));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!is_blank_line(line)) found.push_back(line);
  }
  return found;
}

std::string joined(const lines& all) {
  std::string text;
  for (const std::string_view line : all) text.append(line) += '\n';
  return text;
}

line_counts counts_of(const log_format& format, const std::string& text,
                      const count_options& options) {
  tally unseen;
  block_sink sink(options, 0, unseen);
  format.make_reader(options.reading)->read(text, sink);
  return sink.counts();
}

// Any word may be the name of a client.
bool has_address(const log_format& format, const std::string& text) {
  count_options options;
  options.reading.clients.hosts = client_rules::host_names::reject;
  return counts_of(format, text, options).accepted > 0;
}

bool has_request(const log_format& format, const std::string& text) {
  count_options options;
  options.filter.only_signed = true;
  return counts_of(format, text, with_wanted_fields(std::move(options))).counted > 0;
}

candidate try_format(const std::shared_ptr<const log_format>& format, const std::string& text,
                     const lines& all, leading_address first) {
  candidate tried{.format = format, .counts = counts_of(*format, text, {})};
  if (tried.counts.accepted == 0) return tried;
  for (const std::string_view line : all) {
    if (line.empty()) continue;  // Behind its prefix.
    const double share =
        static_cast<double>(format->explains(line, first)) / static_cast<double>(line.size());
    tried.explained += share;
    tried.fitting += share == 1 ? 1 : 0;
  }
  // Formats that account for any line do so only for those that they read.
  const auto read = static_cast<double>(tried.counts.accepted);
  tried.explained = std::min(tried.explained, read);
  tried.fitting = std::min(tried.fitting, tried.counts.accepted);
  return tried;
}

// "192.0.2.1 - - [": an address, neither ident nor user, and a time.
bool has_common_head(std::string_view line) {
  constexpr std::string_view nobody = " - - [";
  const std::size_t end = line.find(nobody);
  if (end == std::string_view::npos) return false;
  const std::string_view before = line.substr(0, end);
  return address_client(before.substr(before.rfind(' ') + 1)).has_value();
}

// That lines are requests and not what else has an address and a time.
bool tells_of_requests(const candidate& tried, const std::string& text, const lines& all) {
  return tried.format->is_told_by_shape() || std::ranges::any_of(all, has_common_head) ||
         has_request(*tried.format, text);
}

bool understands(const candidate& tried, const std::string& text, const lines& all) {
  const line_counts& counts = tried.counts;
  if (counts.accepted > 0) {
    if (!tells_of_requests(tried, text, all)) return false;
    return tried.explained > 0 ||
           (tried.format->is_told_by_address() && has_address(*tried.format, text));
  }
  return counts.rejected + counts.other == 0 && counts.comments > 0 &&
         tried.format->after(text) != nullptr;
}

double score(const candidate& one) {
  return static_cast<double>(one.counts.accepted + one.fitting) + one.explained;
}

// Behind those that are as good.
void insert(std::vector<candidate>& into, candidate one) {
  const auto at = std::ranges::upper_bound(into, score(one), std::greater<>(), score);
  into.insert(at, std::move(one));
}

recognition recognise_lines(const lines& all, const format_list& among) {
  recognition result;
  result.lines = all.size();
  const std::string text = joined(all);
  const leading_address first = find_leading_address(all);
  for (const auto& format : among) {
    candidate tried = try_format(format, text, all, first);
    if (understands(tried, text, all)) insert(result.candidates, std::move(tried));
  }
  if (!result.candidates.empty()) result.format = result.candidates.front().format;
  return result;
}

std::set<line_prefix> prefixes_of(const lines& all) {
  std::set<line_prefix> found;
  for (const std::string_view line : all) {
    if (const auto prefix = find_prefix(line)) found.insert(*prefix);
  }
  return found;
}

// Those that have the prefix, without it.
std::vector<std::string> behind(line_prefix prefix, const lines& all) {
  prefix_stripper stripper(prefix);
  std::vector<std::string> found;
  for (const std::string_view line : all) {
    if (const auto stripped = stripper.strip(line)) found.emplace_back(*stripped);
  }
  return found;
}

std::uint64_t requests(const recognition& found) {
  return found.format == nullptr ? 0 : found.candidates.front().counts.accepted;
}

// With as many requests a prefix is none: it may be part of the format, or stand before a few lines
// of something else. But a word of it may be taken for the name of a client, and a time in front of
// lines that have their own for that of a host.
bool is_better(const recognition& inner, line_prefix behind, const recognition& than,
               const lines& all) {
  if (inner.format == nullptr) return false;
  if (than.format == nullptr || requests(inner) > requests(than)) return true;
  return requests(inner) == requests(than) &&
         (behind == line_prefix::timestamp || !has_address(*than.format, joined(all)));
}

recognition recognise_behind(const lines& all, const format_list& among, int most_prefixes) {
  recognition best = recognise_lines(all, among);
  if (most_prefixes == 0) return best;
  for (const line_prefix prefix : prefixes_of(all)) {
    const std::vector<std::string> stripped = behind(prefix, all);
    recognition inner =
        recognise_behind({stripped.begin(), stripped.end()}, among, most_prefixes - 1);
    if (!is_better(inner, prefix, best, all)) continue;
    inner.format = prefixed_format(prefix, std::move(inner.format));
    inner.lines = all.size();
    best = std::move(inner);
  }
  return best;
}

}  // namespace

recognition recognise(std::string_view sample, const format_list& among) {
  constexpr int most_prefixes = 3;  // Syslog in docker in compose.
  return recognise_behind(lines_of(sample), among, most_prefixes);
}

}  // namespace countips
