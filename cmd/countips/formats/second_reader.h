// Reads the lines that the format of a log does not read in one of the other formats: some logs mix
// them.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "countips/formats/log_format.h"
#include "countips/formats/prefixes.h"
#include "countips/records/read_rules.h"
#include "countips/tallies/block_sink.h"

namespace countips {

// For the lines of one block of a log, which is in a format of its own. What that would read if
// nothing were asked of clients is no line of another: it has been rejected because of what is
// asked. Any other is taken as a request of the first of the formats that finds one in it and that
// it is of, be it with other fields behind. Its client must be an address, as a name may be
// anything, and is no server in front of a line where virtual hosts have ports; formats with
// headers are left out, as such lines cannot be understood alone. What is a request of none of them
// may be one behind a prefix, of the log's own format before all others. So what a line is does not
// depend on those before. The formats must outlive this. Not thread-safe.
class second_reader final : public reject_handler {
 public:
  second_reader(const format_list& formats, const log_format& own, read_rules rules);

  [[nodiscard]] bool take(std::string_view line, block_sink& into) override;

 private:
  [[nodiscard]] block_reader& reader_of(std::size_t number);
  [[nodiscard]] bool is_request(std::string_view line, block_reader& reader);
  [[nodiscard]] bool has_sign(std::string_view line, block_reader& reader);
  [[nodiscard]] bool is_of(const log_format& format, std::string_view line, block_reader& reader);
  [[nodiscard]] bool take_bare(std::string_view line, block_sink& into);
  [[nodiscard]] bool take_behind_prefixes(std::string_view line, block_sink& into);
  [[nodiscard]] bool take_in_own_format(std::string_view line, block_sink& into);
  [[nodiscard]] std::optional<std::string_view> strip(std::string_view line);

  const format_list& formats_;
  const log_format& own_format_;
  read_rules rules_;
  const read_rules plain_rules_;
  const std::unique_ptr<block_reader> own_;
  const count_options nothing_;  // Admits no request: only what lines are is looked at here.
  tally unseen_;
  block_sink trial_;
  const count_options signed_;  // Counts what has a sign of a request.
  block_sink signed_trial_;
  std::vector<std::unique_ptr<block_reader>> readers_;  // Made when they are needed, as are these:
  std::unique_ptr<block_reader> own_behind_prefix_;
  std::deque<prefix_stripper> strippers_;
  std::deque<std::string> stripped_;  // Readers look back at lines.
};

}  // namespace countips
