#include "countips/counting/input_format.h"

#include <cstddef>

namespace countips {

namespace {

// Without the line that is cut off, unless it is the only one.
std::string_view whole_lines(std::string_view sample) {
  const std::size_t last = sample.rfind('\n');
  return last == std::string_view::npos ? sample : sample.substr(0, last + 1);
}

}  // namespace

input_format find_format(const sampler& beginning, const format_list& among) {
  input_format found;
  for (const std::size_t size : {small_sample, large_sample}) {
    const std::string_view sample = beginning(size);
    const bool is_whole = sample.size() < size;
    found.evidence = recognise(is_whole ? sample : whole_lines(sample), among);
    found.format = found.evidence.format;
    found.is_blank = found.evidence.lines == 0 && is_whole;
    if (found.format != nullptr || is_whole) break;
  }
  return found;
}

format_summary summary_of(const input_format& found) {
  format_summary made{.lines = found.evidence.lines, .is_blank = found.is_blank};
  if (found.format != nullptr) made.name = found.format->name();
  for (const candidate& each : found.evidence.candidates) {
    made.candidates.push_back({each.format->name(), each.counts.accepted, each.fitting});
  }
  return made;
}

}  // namespace countips
