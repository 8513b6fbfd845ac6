#include "countips/counting/count_block.h"

#include <optional>

#include "countips/formats/read_lines.h"
#include "countips/formats/second_reader.h"

namespace countips {

block_count count_block(std::string_view block, const log_format& format, const block_rules& rules,
                        tally& into) {
  block_sink sink(rules.options, rules.file, into, rules.hosts);
  std::optional<second_reader> others;
  if (rules.others != nullptr) {
    sink.on_reject(others.emplace(*rules.others, format, rules.options.reading));
  }
  sink.keep_rejects(rules.most_rejects);
  format.make_reader(rules.options.reading)->read(block, sink);
  return {sink.counts(), sink.take_rejects()};
}

block_count reject_block(std::string_view block, const block_rules& rules, tally& into) {
  block_sink sink(rules.options, rules.file, into, rules.hosts);
  sink.keep_rejects(rules.most_rejects);
  while (!block.empty()) {
    const std::string_view line = take_line(block).substr(0, rules.options.reading.longest_line);
    if (is_blank_line(line)) {
      sink.blank();
    } else if (line.starts_with('#')) {
      sink.comment();
    } else {
      sink.reject(reject_reason::shape, line);
    }
  }
  return {sink.counts(), sink.take_rejects()};
}

line_counts count_block(std::string_view block, const log_format& format,
                        const count_options& options, group_key file, tally& into) {
  return count_block(block, format, block_rules{.options = options, .file = file}, into).lines;
}

}  // namespace countips
