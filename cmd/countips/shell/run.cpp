#include "countips/shell/run.h"

#include <fmt/core.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/terminal.h"
#include "countips/counting/count.h"
#include "countips/counting/follow.h"
#include "countips/render/explanation.h"
#include "countips/shell/answer.h"
#include "countips/shell/chosen_formats.h"
#include "countips/shell/count_progress.h"
#include "countips/shell/count_with_workers.h"
#include "countips/shell/failure_text.h"
#include "countips/shell/filter_options.h"
#include "countips/shell/follow_display.h"
#include "countips/shell/inputs_asked_for.h"
#include "countips/shell/output_files.h"
#include "countips/shell/reject_printer.h"

namespace countips {

namespace {

// What to count, and how.
struct order {
  const settings& chosen;
  const std::vector<std::string>& inputs;
  const count_options& options;
  const format_sources& formats;
};

bool wants_workers(const cli::session& session) {
  return session.backend_wanted() == cli::backend::processes;
}

report count_with_progress(cli::session& session, const order& what, const input_rules& rules) {
#ifdef COUNTIPS_HAS_PROCESSES
  if (wants_workers(session)) {
    return count_with_workers(session, what.chosen, what.inputs, what.options, rules, what.formats);
  }
#endif
  count_progress progress;
  const std::unique_ptr<par::executor> on = session.make_executor();
  const cli::progress_bar bar = session.show_progress([&progress] { return sample(progress); });
  return count(what.options, what.inputs, system_files(), *on, session.stop(), progress, rules);
}

void tell_rejected(cli::session& session, const report& found) {
  if (session.quiet()) return;
  for (const rejected_lines& lines : found.rejected) session.log().note(rejected_text(lines));
}

void tell_too_many_rejects(cli::session& session, const bad_limit& most, const report& found) {
  for (const input_summary& each : found.inputs) {
    if (!most.is_exceeded(each.lines)) continue;
    session.log().error(fmt::format("{}: {} of {} lines are rejected, more than allowed",
                                    shown_input(each.path), each.lines.rejected,
                                    each.lines.records()));
  }
}

void tell_troubles(cli::session& session, const report& found) {
  for (const input_failure& failed : found.failures) session.log().error(failure_text(failed));
  if (found.failures.size() > 1) {
    session.log().note(fmt::format("{} errors", found.failures.size()));
  }
  tell_rejected(session, found);
}

follow_display::manner manner_for(format_choice choice, const answer& wanted, bool terminal) {
  if (wanted.is_page()) return follow_display::manner::at_end;
  const output_format format = wanted.format();
  if (format == output_format::ndjson) return follow_display::manner::changed_rows;
  if (terminal && format == output_format::table) return follow_display::manner::redrawn_table;
  if (choice == format_choice::automatic) return follow_display::manner::changed_rows;
  return follow_display::manner::at_end;
}

input_rules rules_for(const settings& chosen, format_list formats) {
  constexpr std::size_t rejects_explained = 5;
  return {.formats = std::move(formats), .first_rejects = chosen.explain ? rejects_explained : 0};
}

void check_together(const cli::session& session, const settings& chosen) {
  if (chosen.follow && wants_workers(session)) {
    throw cli::usage_error("--follow counts in one process: not together with --backend=processes");
  }
  if (chosen.explain && chosen.follow) {
    throw cli::usage_error("--explain tells of whole logs: not together with --follow");
  }
  if (chosen.explain && !chosen.output.html.empty()) {
    throw cli::usage_error("--explain takes the place of the answer: not together with --html");
  }
  if (chosen.rejects_file == "-") {
    throw cli::usage_error(
        "--rejects=-: standard output is for the answer; without a file the "
        "rejected lines go to standard error");
  }
  check_filter(chosen.count.filter);
}

// Until it is interrupted; what has been counted by then is the answer. False if it was not counted
// to the end.
bool follow_and_print(cli::session& session, const order& what, input_rules rules,
                      const answer& wanted, reject_printer* rejects) {
  constexpr std::chrono::milliseconds pause(500);
  const bool terminal = session.out().is_terminal() && cli::is_capable_terminal(STDOUT_FILENO);
  follow_display display(session, manner_for(what.chosen.output.format, wanted, terminal), wanted,
                         rejects);
  if (rejects != nullptr) rules.observer = &display;
  const std::unique_ptr<par::executor> on = session.make_executor();
  const report found =
      follow(what.options, what.inputs, system_files(), *on, session.stop(), pause, display, rules);
  if (found.stopped) {
    display.withdraw();
    return false;
  }
  display.finish(found);
  tell_rejected(session, found);
  tell_too_many_rejects(session, what.chosen.most_bad, found);
  return true;
}

// False if it was interrupted; then there is no answer.
bool count_and_print(cli::session& session, const order& what, input_rules rules,
                     const answer& wanted, reject_printer* rejects) {
  rules.observer = rejects;
  const report found = count_with_progress(session, what, rules);
  if (found.stopped) return false;
  tell_troubles(session, found);
  tell_too_many_rejects(session, what.chosen.most_bad, found);
  if (what.chosen.explain) {
    session.out().write(render_explanation(found));
    return true;
  }
  wanted.print(found);
  wanted.write_page(found);
  return true;
}

}  // namespace

cli::status run(cli::session& session, const settings& chosen) {
  check_together(session, chosen);
  const auto inputs = inputs_asked_for(session, chosen);
  if (!inputs) return session.stop() ? cli::status::errors : cli::status::usage;
  const std::optional<format_sources> formats = chosen_sources(session, chosen);
  if (!formats) return cli::status::errors;
  input_rules rules = rules_for(chosen, make_formats(*formats));
  std::optional<reject_printer> rejects;
  if (chosen.rejects) rejects.emplace(session, chosen);
  check_output_files(*inputs, chosen);
  if (rejects) rejects->begin();
  const answer wanted(session, chosen.output);
  count_options options = chosen.count;
  options.with_total = wanted.needs_total();
  const auto work = chosen.follow ? follow_and_print : count_and_print;
  const bool complete = work(session, {chosen, *inputs, options, *formats}, std::move(rules),
                             wanted, rejects ? &*rejects : nullptr);
  if (rejects) rejects->finish();
  return complete && session.log().errors() == 0 ? cli::status::done : cli::status::errors;
}

}  // namespace countips
