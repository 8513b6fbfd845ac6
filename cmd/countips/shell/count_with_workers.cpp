#include "countips/shell/count_with_workers.h"

#include <memory>

#include "countips/clients/hash_seed.h"
#include "countips/shell/count_progress.h"
#include "countips/shell/worker_encoding.h"
#include "countips/shell/worker_setup.h"
#include "countips/workers/count_in_processes.h"
#include "par/processes/process_pool.h"

namespace countips {

report count_with_workers(cli::session& session, const settings& chosen,
                          const std::vector<std::string>& inputs, const count_options& options,
                          const input_rules& rules, const format_sources& formats) {
  shared_counters counters;
  const worker_setup setup{.arguments = chosen.arguments,
                           .here = chosen.here,
                           .formats = formats,
                           .first_rejects = most_rejects(rules),
                           .counters = counters,
                           .hash_seed = hash_seed()};
  par::process_pool workers({.workers = session.jobs(),
                             .name = "countips",
                             .initializer = par::initializer<&begin_worker>(setup)});
  const std::unique_ptr<par::executor> on = session.make_executor();
  const cli::progress_bar bar =
      session.show_progress([&counters] { return sample(counters->progress); });
  return count_in_processes(options, inputs, system_files(), workers, *on, session.stop(), counters,
                            rules);
}

}  // namespace countips
