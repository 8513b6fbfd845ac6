// The command copytree.
//
// The way of a copy through the files of this folder:
//   settings        what the command line asks for; its rows in *_options
//   cp/             the same for GNU cp's command line, when called by that name
//   plan            where each operand goes, and what is refused
//   copy            carries the plan out; the report at the end
//   copy_directory  a directory as a task: reads it, hands out what it finds
//   open_pair       opens it in the source, makes and opens it in the destination
//   copy_leaf       any other entry: hard links are told apart here (hard_links)
//   entry_filter    what is left out: the user's patterns (pattern_list, glob) and ignore_rules
//   mirror          removes what the source does not have (removal, remove_tree)
//   make_leaf       makes it: placement (all or nothing), copy_data, attributes
//   attributes      owner, times, mode; with xattrs, acl and copy_mode
//   fs              every system call of the above; replaced in tests
// The core is a library and knows of no terminal; console, wording and summary are how it is shown.

#include <algorithm>
#include <chrono>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/backend.h"
#include "cli/command.h"
#include "cli/quote.h"
#include "cli/units.h"
#include "copytree/console.h"
#include "copytree/copy.h"
#include "copytree/copy_progress.h"
#include "copytree/cp/cp.h"
#include "copytree/manifest.h"
#include "copytree/mirror.h"
#include "copytree/process.h"
#include "copytree/selection_files.h"
#include "copytree/settings.h"
#include "copytree/summary.h"
#include "copytree/wording.h"

namespace copytree {

namespace {

par::expected<plan, error> plan_from_list(file_system& fs, const settings& wanted) {
  auto sources = read_sources(fs, wanted.files0_from);
  if (!sources) return par::unexpected<error>(sources.error());
  plan_request operands = wanted.operands;
  operands.sources = std::move(sources->names);
  auto planned = plan_copy(fs, operands, wanted.how);
  if (planned) std::ranges::move(sources->empty, std::back_inserter(planned->refused));
  return planned;
}

par::expected<plan, error> plan_operands(file_system& fs, const settings& wanted) {
  if (!wanted.files0_from.empty()) return plan_from_list(fs, wanted);
  const plan_request& operands = wanted.operands;
  if (wanted.backup_copy) return plan_backup(fs, operands.sources.front());
  return plan_copy(fs, operands, wanted.how);
}

par::expected<plan, error> make_plan(file_system& fs, const settings& wanted) {
  auto planned = plan_operands(fs, wanted);
  if (!planned || !wanted.how.mirror) return planned;
  if (auto objection = objection_to_mirror(*planned)) {
    return par::unexpected<error>(std::move(*objection));
  }
  return planned;
}

par::expected<options, error> make_options(file_system& fs, const settings& wanted,
                                           const process_powers& powers) {
  options how = wanted.how;
  how.umask = powers.umask;
  how.privileged = powers.privileged;
  how.descriptors = powers.descriptors;
  auto patterns = read_patterns(fs, wanted.patterns);
  if (!patterns) return par::unexpected<error>(std::move(patterns.error()));
  how.patterns = std::move(*patterns);
  return how;
}

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
    std::optional<cli::progress_bar> bar;
    if (how.when_existing != existing::ask) {
      bar = session.show_progress([&] { return progress.sample(); });
    }
    const auto begin = std::chrono::steady_clock::now();
    result.what = copy({fs, *executor, session.stop(), events, counts}, how, std::move(*planned));
    result.time = std::chrono::steady_clock::now() - begin;
    if (!result.what.interrupted) progress.complete();
  }
  if (how.sums && !written(session, sums)) ++result.what.errors;
  tell(session, wanted, result);
  return result.what.errors > 0 ? cli::status::errors : cli::status::done;
}

cli::command command() {
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
          .run = [wanted](cli::session& session) { return run(session, *wanted); }};
}

}  // namespace

}  // namespace copytree

int main(int argc, char** argv) {
  const std::string_view program = argc > 0 ? argv[0] : "";
  if (program.substr(program.rfind('/') + 1) == "cp") return copytree::gnu::run(argc, argv);
  return cli::run(argc, argv, copytree::command());
}
