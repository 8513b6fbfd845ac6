#include "countips/counting/input_format.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <utility>

namespace countips {

namespace {

// Without the line that is cut off, unless it is the only one.
std::string_view whole_lines(std::string_view sample) {
  const std::size_t last = sample.rfind('\n');
  return last == std::string_view::npos ? sample : sample.substr(0, last + 1);
}

// Without the lines that are cut off at its ends. The last line of a file may lack its end; of a
// sample it is of no account.
std::string_view lines_within(std::string_view piece) {
  const std::size_t first = piece.find('\n');
  return first == std::string_view::npos ? std::string_view()
                                         : whole_lines(piece.substr(first + 1));
}

}  // namespace

std::vector<std::uint64_t> further_ends(std::uint64_t size) {
  std::vector<std::uint64_t> ends = {size, size / 4 * 3, size / 2, size / 4};
  for (std::uint64_t end = first_further_end; end <= last_further_end; end *= 2) {
    ends.push_back(end);
  }
  std::erase_if(ends, [size](std::uint64_t end) { return end <= large_sample || end > size; });
  std::ranges::sort(ends, std::greater<>());
  return ends;
}

input_format find_format(const sampler& beginning, const further_sampler& further,
                         const format_list& among) {
  input_format found;
  for (const std::size_t size : {small_sample, large_sample}) {
    const std::string_view sample = beginning(size);
    const bool is_whole = sample.size() < size;
    found.evidence = recognise(is_whole ? sample : whole_lines(sample), among);
    found.format = found.evidence.format;
    found.is_blank = found.evidence.lines == 0 && is_whole;
    found.is_whole = is_whole;
    if (found.format != nullptr || is_whole) return found;
  }
  for (std::string_view piece = further(); !piece.empty(); piece = further()) {
    recognition evidence = recognise(lines_within(piece), among);
    if (evidence.format == nullptr) continue;
    found.format = evidence.format;
    found.evidence = std::move(evidence);
    break;
  }
  return found;
}

format_summary summary_of(const input_format& found) {
  format_summary made{
      .lines = found.evidence.lines, .is_blank = found.is_blank, .is_whole = found.is_whole};
  if (found.format != nullptr) made.name = found.format->name();
  for (const candidate& each : found.evidence.candidates) {
    made.candidates.push_back({each.format->name(), each.counts.accepted, each.fitting});
  }
  return made;
}

}  // namespace countips
