#include "countips/shell/follow_display.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <string_view>

#include "cli/terminal.h"
#include "countips/render/ndjson.h"
#include "countips/shell/failure_text.h"

namespace countips {

namespace {

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t size = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return lines;
}

// The newest rows, with the header above them.
std::vector<std::string_view> fitting(std::vector<std::string_view> lines, std::size_t most,
                                      bool header) {
  if (lines.size() <= most) return lines;
  const auto first = lines.begin() + (header ? 1 : 0);
  lines.erase(first, first + static_cast<std::ptrdiff_t>(lines.size() - most));
  return lines;
}

}  // namespace

bool follow_display::counted(const report& so_far) {
  switch (manner_) {
    case manner::redrawn_table:
      draw_table(so_far);
      break;
    case manner::changed_rows:
      write_changed_rows(so_far);
      break;
    case manner::at_end:
      break;
  }
  if (rejects_ != nullptr) rejects_->flush();
  return session_.out().flush();
}

void follow_display::failed(const input_failure& why) {
  withdraw();
  told_.push_back(why);
  session_.log().error(failure_text(why));
}

void follow_display::rejected(const std::string& path, const rejected_line& line) {
  withdraw();
  rejects_->rejected(path, line);
}

void follow_display::withdraw() {
  erase_table();
  session_.out().flush();
}

void follow_display::finish(const report& found) {
  withdraw();
  for (const input_failure& failed : found.failures) {
    if (std::ranges::find(told_, failed) == told_.end()) {
      session_.log().error(failure_text(failed));
    }
  }
  if (manner_ == manner::changed_rows) {
    write_changed_rows(found);
  } else {
    answer_.print(found);
  }
  answer_.write_page(found);
}

void follow_display::erase_table() {
  if (lines_drawn_ > 0) session_.out().write(fmt::format("\r\x1b[{}A\x1b[J", lines_drawn_));
  lines_drawn_ = 0;
}

// Lines that are too wide are cut off, so that each takes one line of the screen.
void follow_display::draw_table(const report& what) {
  erase_table();
  const std::string table = answer_.text(what);
  const auto most = static_cast<std::size_t>(std::max(cli::terminal_rows(STDOUT_FILENO) - 1, 2));
  const auto lines = fitting(lines_of(table), most, answer_.has_header());
  std::string text = "\x1b[?7l";
  for (const std::string_view line : lines) text += line;
  session_.out().write(text + "\x1b[?7h");
  lines_drawn_ = lines.size();
}

void follow_display::write_changed_rows(const report& what) {
  for (const report_row& row : what.rows) write_changed(what.by, row, written_[row.name]);
  const report_row* const total = answer_.has_total_row() ? total_below(what) : nullptr;
  if (total != nullptr) write_changed(what.by, *total, written_total_);
}

void follow_display::write_changed(grouping by, const report_row& row, counts& written) {
  const std::pair now(row.requests, row.clients);
  if (now == written) return;
  written = now;
  session_.out().write(json_row(by, row) + '\n');
}

}  // namespace countips
