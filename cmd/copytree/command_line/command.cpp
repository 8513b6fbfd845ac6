#include "copytree/command_line/command.h"

#include <chrono>
#include <memory>
#include <optional>
#include <utility>

#include "cli/backend.h"
#include "cli/quote.h"
#include "cli/units.h"
#include "copytree/command_line/request.h"
#include "copytree/command_line/settings.h"
#include "copytree/shell/console.h"
#include "copytree/shell/copy_progress.h"
#include "copytree/shell/make_helpers.h"
#include "copytree/shell/manifest.h"
#include "copytree/shell/process.h"
#include "copytree/shell/summary.h"
#include "copytree/shell/wording.h"
#include "copytree/tree/copy.h"

namespace copytree {

namespace {

void tell(cli::session& session, const settings& wanted, const outcome& result) {
  if (wanted.json) session.out().write(json_summary(result));
  if (!session.quiet()) session.log().plain(summary(result));
  if (result.what.errors > 0) {
    session.log().note(cli::format_count(result.what.errors, "error", "errors"));
  }
}

void complain(cli::session& session, const manifest& sums, std::errc reason) {
  session.log().error("cannot write manifest " + cli::quoted(sums.path()) + ": " +
                      cli::reason(static_cast<int>(reason)));
}

bool opened(cli::session& session, manifest& sums) {
  const auto done = sums.open();
  if (!done) complain(session, sums, done.error());
  return done.has_value();
}

bool written(cli::session& session, manifest& sums) {
  const auto done = sums.finish();
  if (!done) complain(session, sums, done.error());
  return done.has_value();
}

// While questions are asked nothing else goes on, and no bar is drawn over them.
std::unique_ptr<par::executor> make_executor(const cli::session& session, const options& how) {
  if (how.when_existing == existing::ask) return cli::make_executor(cli::backend::serial, 1);
  return session.make_executor();
}

cli::status run(cli::session& session, settings& wanted) {
  conclude(wanted, session.operands());
  const process_powers powers = prepare_process();
  file_system fs;
  auto made = make_options(fs, wanted, powers);
  auto planned = made ? make_plan(fs, wanted) : par::unexpected<error>(made.error());
  if (!planned) {
    session.log().error(describe(planned.error()));
    return cli::status::usage;
  }
  options& how = *made;
  manifest sums(wanted.manifest);
  how.sums = !wanted.manifest.empty() && !how.dry_run;
  if (how.sums && !opened(session, sums)) return cli::status::usage;
  console events(session, wanted.json || list_meets_bar(session), how.sums ? &sums : nullptr,
                 cli::quoted);
  counters counts;
  copy_progress progress(fs, how, *planned, counts);
  outcome result{.what = {}, .time = {}, .dry_run = how.dry_run};
  {
    const auto executor = make_executor(session, how);
    const auto others = make_helpers(session, how, counts);
    std::optional<cli::progress_bar> bar;
    if (how.when_existing != existing::ask) {
      bar = session.show_progress([&] { return progress.sample(); });
    }
    const auto begin = std::chrono::steady_clock::now();
    result.what = copy({fs, *executor, session.stop(), events, counts, others.get()}, how,
                       std::move(*planned));
    result.time = std::chrono::steady_clock::now() - begin;
    if (!result.what.interrupted) progress.complete();
  }
  if (how.sums && !written(session, sums)) ++result.what.errors;
  tell(session, wanted, result);
  return result.what.errors > 0 ? cli::status::errors : cli::status::done;
}

}  // namespace

cli::command make_command() {
  const auto wanted = std::make_shared<settings>();
  return {.name = "copytree",
          .summary = "Copy directory trees in parallel, with everything that belongs to them",
          .operands = {.usage = operand_usage},
          .examples = {{"copytree photos /mnt/backup", "copy a folder with everything in it"},
                       {"copytree --backup-copy photos", "copy it to 'photos[backup]'"},
                       {"copytree --dry-run photos /mnt/backup", "list what would be copied"}},
          .options = option_table(*wanted),
          .notes =
              "Exit status: 0 if everything was copied; 1 if some of it was not, each error "
              "having been reported; 2 for wrong usage, or if nothing could be begun; 130 if "
              "interrupted.",
          .offers_processes = offers_helpers(),
          .run = [wanted](cli::session& session) { return run(session, *wanted); }};
}

}  // namespace copytree
