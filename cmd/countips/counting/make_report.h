// From what has been counted to the answer.
#pragma once

#include <atomic>
#include <vector>

#include "countips/counting/input_result.h"
#include "countips/counting/report.h"
#include "countips/input/inputs.h"
#include "countips/tallies/options.h"
#include "countips/tallies/tally.h"

namespace countips {

// What has been counted, input by input, and group by group.
struct counted_inputs {
  std::vector<input_result> results;
  std::vector<tally> tallies;
};

// Everything, or only that it was stopped.
[[nodiscard]] report make_report(const count_options& options, const input_list& list,
                                 counted_inputs counted, const host_table& hosts, par::executor& on,
                                 const std::atomic<bool>& stop);

// Without the total. `results` are those of the inputs of the list, in their order.
[[nodiscard]] report make_report(const count_options& options, const input_list& list,
                                 const std::vector<input_result>& results, const tally& counted,
                                 const host_table& hosts);

// The row of all groups together, which names no clients.
[[nodiscard]] report_row make_total(const count_options& options, const group& all);

}  // namespace countips
