#include "cmd/countips/format_reading.h"

#include <algorithm>

#include "cmd/countips/client_text.h"
#include "countips/counting/count_block.h"

namespace countips {

line_reading reading_of(line_kind kind, reject_reason why, const record& last) {
  line_reading line;
  line.kind = kind;
  if (kind == line_kind::rejected) line.why = why;
  if (kind != line_kind::request && kind != line_kind::repeated && kind != line_kind::same_day) {
    return line;
  }
  line.who = text_of(last.who);
  line.day = last.time.date.text();
  line.second = last.time.second;
  line.offset = last.time.has_offset ? std::to_string(last.time.offset) : "none";
  line.status = last.status;
  line.method = last.method;
  line.path = last.path;
  line.agent = last.agent;
  line.host = last.host;
  return line;
}

std::ostream& operator<<(std::ostream& out, const line_reading& line) {
  return out << "kind " << static_cast<int>(line.kind) << " why " << static_cast<int>(line.why)
             << " who '" << line.who << "' " << line.day << '+' << line.second << " zone "
             << line.offset << " status '" << line.status << "' method '" << line.method
             << "' path '" << line.path << "' agent '" << line.agent << "' host '" << line.host
             << "'";
}

read_rules rules_for_all() {
  read_rules rules;
  rules.wanted = {.clock = true, .status = true, .request = true, .agent = true, .host = true};
  return rules;
}

log_count count_log(const log_format& format, std::string_view log, std::size_t block_size,
                    const read_rules& rules) {
  log_count counted;
  count_options options;
  options.reading = rules;
  std::shared_ptr<const log_format> changed;
  while (!log.empty()) {
    const std::size_t end = log.find('\n', std::min(block_size, log.size()) - 1);
    const std::string_view block = log.substr(0, end == std::string_view::npos ? end : end + 1);
    const log_format& now = changed ? *changed : format;
    counted.lines.append(count_block(block, now, options, 0, counted.counted));
    if (auto next = now.has_headers() ? now.after(block) : nullptr) changed = std::move(next);
    log.remove_prefix(block.size());
  }
  return counted;
}

std::string days_of(const log_count& counted) {
  std::string text;
  for (const auto& [day_number, group] : counted.counted) {
    text += day::from_number(day_number).text() + '\t' + std::to_string(group.requests) + '\t' +
            std::to_string(group.clients.size()) + '\n';
  }
  return text;
}

}  // namespace countips
