#include "countips/workers/worker.h"

#include <optional>
#include <utility>

#include "countips/counting/merge_tallies.h"
#include "par/pools/serial_executor.h"

namespace countips {

namespace {

struct worker {
  count_options options;
  input_rules rules;
  shared_counters counters;
};

// One for the process, as it does one thing only.
std::optional<worker>& this_worker() {
  static std::optional<worker> mine;
  return mine;
}

}  // namespace

void become_worker(const count_options& asked, const input_rules& rules, shared_counters counters) {
  this_worker().emplace(worker{with_wanted_fields(asked), rules, std::move(counters)});
}

part_count count_in_worker(const part& what) {
  const worker& mine = this_worker().value();
  par::serial_executor on;
  object_pool<workbench> benches;
  host_table hosts;
  const count_context shared{
      mine.options, mine.rules, system_files(), on, mine.counters->stop, mine.counters->progress,
      benches,      hosts};
  const std::string opened = what.pieces.path();
  const input counted{.path = opened.empty() ? what.path : opened};
  part_count made;
  made.result = what.pieces ? count_share(shared, counted, what.file, what.pieces.taker(what.taker))
                            : taker_result{count_input(shared, counted, what.file), {}};
  const bool by_host = mine.options.by == grouping::host;
  made.groups = name_groups(merge_tallies(take_tallies(benches), on), by_host ? &hosts : nullptr);
  return made;
}

}  // namespace countips
