// The command copytree.
//
// The way of a copy through the files of this folder:
//   settings        what the command line asks for
//   plan            where each operand goes, and what is refused
//   copy            carries the plan out; the report at the end
//   copy_directory  a directory as a task: reads it, hands out what it finds
//   open_pair       opens it in the source, makes and opens it in the destination
//   copy_leaf       any other entry: hard links are told apart here (hard_links)
//   make_leaf       makes it: placement (all or nothing), copy_data, attributes
//   fs              every system call of the above; replaced in tests
// The core is a library and knows of no terminal; console, wording and summary are how it is shown.

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/units.h"
#include "copytree/console.h"
#include "copytree/copy.h"
#include "copytree/process.h"
#include "copytree/settings.h"
#include "copytree/source_count.h"
#include "copytree/summary.h"
#include "copytree/wording.h"

namespace copytree {

namespace {

par::expected<plan, error> make_plan(file_system& fs, const settings& wanted,
                                     std::vector<std::string> operands) {
  if (wanted.backup_copy) {
    if (operands.size() > 1) {
      throw cli::usage_error("extra operand " + cli::quoted(operands[1]));
    }
    return plan_backup(fs, operands.front());
  }
  if (operands.size() < 2) {
    throw cli::usage_error("missing destination operand after " + cli::quoted(operands.front()));
  }
  const std::string destination = std::move(operands.back());
  operands.pop_back();
  return plan_copy(fs, operands, destination);
}

cli::progress_sample sample(const counters& counts) {
  // To make a small file takes as long as to copy some 60 KiB: 40,000 of them against 1.6 GB in
  // tests/bench/copytree.sh, on ext4.
  constexpr std::uint64_t item_cost = 60 * 1024;
  return {.items = counts.copied.entries(),
          .items_total = counts.found.entries,
          .bytes = counts.copied.bytes_moved,
          .bytes_total = counts.found.bytes,
          .counting = counts.found.counting,
          .current = counts.current.get(),
          .unit = "entries",
          .item_cost = item_cost};
}

void tell(cli::session& session, const settings& wanted, const outcome& result) {
  if (wanted.json) session.out().write(json_summary(result));
  if (!session.quiet()) session.log().plain(summary(result));
  if (result.what.errors > 0) {
    session.log().note(cli::format_count(result.what.errors, "error", "errors"));
  }
}

cli::status run(cli::session& session, const settings& wanted) {
  const process_powers powers = prepare_process();
  file_system fs;
  auto planned = make_plan(fs, wanted, session.operands());
  if (!planned) {
    session.log().error(describe(planned.error()));
    return cli::status::usage;
  }
  const options how = {.dry_run = wanted.dry_run,
                       .list_entries = wanted.verbose || wanted.dry_run,
                       .new_only = wanted.backup_copy,
                       .privileged = powers.privileged,
                       .descriptors = powers.descriptors};
  console events(session, wanted.json);
  counters counts;
  source_count sources(fs, *planned, counts);
  outcome result{.what = {}, .time = {}, .dry_run = wanted.dry_run};
  {
    const auto executor = session.make_executor();
    const auto bar = session.show_progress([&] {
      sources.start();
      return sample(counts);
    });
    const auto begin = std::chrono::steady_clock::now();
    result.what = copy({fs, *executor, session.stop(), events, counts}, how, std::move(*planned));
    result.time = std::chrono::steady_clock::now() - begin;
  }
  tell(session, wanted, result);
  return result.what.errors > 0 ? cli::status::errors : cli::status::done;
}

cli::command command() {
  const auto wanted = std::make_shared<settings>();
  return {.name = "copytree",
          .summary = "Copy directory trees in parallel, with everything that belongs to them",
          .operands = {.usage = "SOURCE... DESTINATION", .least = 1},
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
  return cli::run(argc, argv, copytree::command());
}
