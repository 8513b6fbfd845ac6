#include "countips/shell/worker_setup.h"

#include "cli/command.h"
#include "countips/clients/hash_seed.h"
#include "countips/shell/command.h"
#include "countips/workers/worker.h"

namespace countips {

void begin_worker(const worker_setup& setup) {
  take_hash_seed(setup.hash_seed);
  settings chosen;
  chosen.here = setup.here;
  cli::apply_options(make_command(chosen), setup.arguments);
  become_worker(chosen.count,
                {.formats = make_formats(setup.formats), .first_rejects = setup.first_rejects},
                setup.counters);
}

}  // namespace countips
