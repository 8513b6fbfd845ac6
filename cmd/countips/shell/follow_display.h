// The answer of a count that goes on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/session.h"
#include "countips/counting/follow.h"
#include "countips/shell/answer.h"
#include "countips/shell/reject_printer.h"

namespace countips {

// A table on a terminal is drawn again over the last one, as much of it as the window holds. Where
// the format is ndjson, or was left to us and the output is no terminal, each row that has changed
// is one line of JSON. In any other case the answer is printed at the end only. Failures are told
// as they come, and rejected lines where that is asked for.
class follow_display final : public follow_observer, public reject_observer {
 public:
  enum class manner { redrawn_table, changed_rows, at_end };

  // All must outlive it. Rejects may be null.
  follow_display(cli::session& session, manner how, const answer& wanted, reject_printer* rejects)
      : session_(session), manner_(how), answer_(wanted), rejects_(rejects) {}

  [[nodiscard]] bool counted(const report& so_far) override;
  void failed(const input_failure& why) override;
  void rejected(const std::string& path, const rejected_line& line) override;

  // Takes the table back: it is no answer.
  void withdraw();

  // The answer as a whole, with the failures that have not been told.
  void finish(const report& found);

 private:
  void erase_table();
  void draw_table(const report& what);
  void write_changed_rows(const report& what);

  // What was written of a row, if anything.
  using counts = std::optional<std::pair<std::uint64_t, std::uint64_t>>;
  void write_changed(grouping by, const report_row& row, counts& written);

  cli::session& session_;
  const manner manner_;
  const answer& answer_;
  reject_printer* const rejects_;
  std::size_t lines_drawn_ = 0;
  std::map<std::string, counts> written_;  // By row.
  counts written_total_;
  std::vector<input_failure> told_;
};

}  // namespace countips
