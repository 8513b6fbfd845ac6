#include "countips/shell/answer.h"

#include <fmt/core.h>
#include <unistd.h>

#include <string_view>
#include <vector>

#include "cli/messages.h"
#include "cli/terminal.h"
#include "countips/render/page/page.h"
#include "countips/shell/failure_text.h"
#include "countips/shell/replace_file.h"

namespace countips {

namespace {

constexpr std::string_view standard_output = "-";

output_format format_for(format_choice choice, bool terminal) {
  switch (choice) {
    case format_choice::automatic:
      return terminal ? output_format::table : output_format::tsv;
    case format_choice::table:
      return output_format::table;
    case format_choice::tsv:
      return output_format::tsv;
    case format_choice::csv:
      return output_format::csv;
    case format_choice::json:
      return output_format::json;
    case format_choice::ndjson:
      return output_format::ndjson;
  }
  return output_format::tsv;
}

std::vector<std::string> notes_on(const report& what) {
  std::vector<std::string> notes;
  for (const input_failure& failed : what.failures) notes.push_back(failure_text(failed));
  for (const rejected_lines& lines : what.rejected) notes.push_back(rejected_text(lines));
  return notes;
}

}  // namespace

answer::answer(cli::session& session, const output_settings& chosen)
    : session_(session),
      chosen_(chosen),
      format_(format_for(chosen.format, session.out().is_terminal())) {}

bool answer::needs_total() const {
  return chosen_.total || !chosen_.html.empty() || format_ == output_format::table ||
         format_ == output_format::json;
}

bar_space answer::space_for_bars() const {
  const bool wanted = chosen_.bars == cli::when::automatic ? session_.out().is_terminal()
                                                           : chosen_.bars == cli::when::always;
  if (!wanted) return {};
  return {.columns = cli::terminal_columns(STDOUT_FILENO),
          .made_of = cli::is_utf8_locale() ? bar_characters::blocks : bar_characters::ascii};
}

std::string answer::text(const report& what) const {
  return render(what, format_, {.header = !chosen_.no_header, .total = chosen_.total},
                space_for_bars());
}

bool answer::is_page() const {
  return chosen_.html == standard_output;
}

void answer::print(const report& what) const {
  session_.out().write(is_page() ? render_page(what, notes_on(what)) : text(what));
}

void answer::write_page(const report& what) const {
  if (chosen_.html.empty() || is_page()) return;
  const auto written = replace_file(chosen_.html, render_page(what, notes_on(what)));
  if (written) return;
  session_.log().error(
      fmt::format("cannot write {}: {}", cli::quoted(chosen_.html), cli::reason(written.error())));
}

}  // namespace countips
