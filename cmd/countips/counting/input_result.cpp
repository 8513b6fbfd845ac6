#include "countips/counting/input_result.h"

#include <utility>

namespace countips {

void append(input_result& to, block_count counted, const std::string& path,
            const input_rules& rules) {
  for (rejected_line& line : counted.rejects) {
    line.number += to.lines.lines;
    if (rules.observer != nullptr) rules.observer->rejected(path, line);
    if (to.rejects.size() < rules.first_rejects) to.rejects.push_back(std::move(line));
  }
  to.lines.append(counted.lines);
}

void append(input_result& to, piece_result counted, const std::string& path,
            const input_rules& rules) {
  append(to, std::move(counted.lines), path, rules);
  if (counted.error && !to.failed) to.failed = failure{failure::kind::read, *counted.error};
}

bool is_no_log(const input_result& result) {
  const format_summary& format = result.format;
  if (format.name.empty()) return !format.is_blank;
  if (result.lines.accepted > 0 || result.lines.rejected == 0) return false;
  return format.candidates.empty() || format.candidates.front().accepted == 0;
}

failure no_log_failure(const input_result& result) {
  return {result.format.is_whole ? failure::kind::not_a_log : failure::kind::no_log_in_samples};
}

}  // namespace countips
