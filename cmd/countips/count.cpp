#include "countips/count.h"

#include <cstddef>
#include <utility>

#include "countips/day.h"
#include "countips/input_counter.h"
#include "countips/inputs.h"
#include "countips/merge_tallies.h"
#include "par/pools/parallel_for.h"

namespace countips {

namespace {

void announce(const input_list& list, count_progress& progress) {
  std::uint64_t bytes = 0;
  for (const input& each : list.inputs) bytes += each.size;
  progress.bytes_total.store(bytes, std::memory_order_relaxed);
  progress.files_total.store(list.inputs.size(), std::memory_order_relaxed);
}

std::vector<input_result> count_inputs(const count_context& shared,
                                       const std::vector<input>& inputs) {
  std::vector<input_result> results(inputs.size());
  par::parallel_for(shared.on, std::size_t{0}, inputs.size(), [&](std::size_t i) {
    if (shared.stop) return;
    results[i] = count_input(shared, inputs[i], static_cast<group_key>(i));
    shared.progress.files.fetch_add(1, std::memory_order_relaxed);
  });
  return results;
}

report_row make_row(std::string name, const group& counted) {
  return {std::move(name), counted.requests, counted.clients.size()};
}

std::vector<report_row> rows_by_day(const tally& counted) {
  std::vector<report_row> rows;
  for (const auto& [key, its] : counted)
    rows.push_back(make_row(day::from_number(key).text(), its));
  return rows;
}

// Files of which nothing could be understood have no row.
bool has_row(const input_result& result) {
  return !result.failed || result.lines.hits > 0;
}

std::vector<report_row> rows_by_file(const tally& counted, const std::vector<input>& inputs,
                                     const std::vector<input_result>& results) {
  std::vector<report_row> rows;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (!has_row(results[i])) continue;
    const auto found = counted.find(static_cast<group_key>(i));
    rows.push_back(found == counted.end() ? report_row{inputs[i].path}
                                          : make_row(inputs[i].path, found->second));
  }
  return rows;
}

void note_troubles(const std::vector<input>& inputs, const std::vector<input_result>& results,
                   report& into) {
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const auto& [lines, failed] = results[i];
    if (failed) into.failures.push_back({inputs[i].path, *failed});
    if (lines.malformed > 0 && lines.hits > 0) {
      into.malformed.push_back({inputs[i].path, lines.malformed, lines.first_malformed});
    }
  }
}

}  // namespace

report count(const count_options& options, const std::vector<std::string>& operands,
             file_system& files, par::executor& on, const std::atomic<bool>& stop,
             count_progress& progress) {
  input_list list = list_inputs(operands, files);
  announce(list, progress);
  object_pool<workbench> benches;
  const std::vector<input_result> results =
      count_inputs({options, files, on, stop, progress, benches}, list.inputs);
  report made;
  made.by = options.by;
  made.failures = std::move(list.failures);
  made.stopped = stop;
  if (made.stopped) return made;
  note_troubles(list.inputs, results, made);
  std::vector<tally> parts;
  for (const auto& bench : benches.release()) parts.push_back(std::move(bench->counted));
  tally counted = merge_tallies(std::move(parts), on);
  made.rows = options.by == grouping::day ? rows_by_day(counted)
                                          : rows_by_file(counted, list.inputs, results);
  if (options.with_total) made.total = make_row("total", merge_groups(std::move(counted)));
  return made;
}

}  // namespace countips
