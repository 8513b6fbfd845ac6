#include "countips/counting/count.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "countips/counting/group_name.h"
#include "countips/counting/input_counter.h"
#include "countips/counting/make_report.h"
#include "countips/counting/merge_tallies.h"
#include "countips/counting/top_clients.h"
#include "countips/input/inputs.h"
#include "par/pools/future.h"
#include "par/pools/parallel_for.h"

namespace countips {

namespace {

void announce(const input_list& list, count_progress& progress) {
  std::uint64_t bytes = 0;
  for (const input& each : list.inputs) bytes += each.size;
  progress.bytes_total.store(bytes, std::memory_order_relaxed);
  progress.files_total.store(list.inputs.size(), std::memory_order_relaxed);
}

// Within a task: the calling thread would take part in the loop, beside all of the executor's.
std::vector<input_result> count_inputs(count_context shared, const std::vector<input>& inputs) {
  std::vector<input_result> results(inputs.size());
  std::atomic<std::size_t> waiting{inputs.size()};
  const auto count_one = [&](std::size_t i) {
    waiting.fetch_sub(1, std::memory_order_relaxed);
    if (shared.stop) return;
    results[i] = count_input(shared, inputs[i], static_cast<group_key>(i));
    shared.progress.files.fetch_add(1, std::memory_order_relaxed);
  };
  if (shared.rules.observer != nullptr) {
    for (std::size_t i = 0; i < inputs.size(); ++i) count_one(i);
    return results;
  }
  shared.waiting = &waiting;
  par::submit(shared.on, [&] {
    par::parallel_for(shared.on, std::size_t{0}, inputs.size(), count_one);
  }).get();
  return results;
}

bool separates_hosts(const count_options& options) {
  return options.reading.clients.hosts == client_rules::host_names::separate;
}

report_row make_row(const count_options& options, std::string name, const group& counted) {
  report_row row{std::move(name), counted.requests, counted.clients.size()};
  if (separates_hosts(options)) {
    row.hosts = counted.clients.names();
    row.clients -= *row.hosts;
  }
  if (options.top > 0) {
    row.top = top_clients(counted.counts, options.top, options.reading.clients);
  }
  return row;
}

// Groups in the order of their keys; hosts by their names. Of all together there is one even if
// nothing was counted.
std::vector<report_row> rows_of(const count_options& options, const tally& counted,
                                const host_table& hosts) {
  const grouping by = options.by;
  if (by == grouping::total && counted.empty()) {
    return {make_row(options, group_name(by, 0), group{})};
  }
  std::vector<report_row> rows;
  for (const auto& [key, its] : counted) {
    std::string name = by == grouping::host ? hosts.name_of(key) : group_name(by, key);
    rows.push_back(make_row(options, std::move(name), its));
  }
  if (by == grouping::host) std::ranges::sort(rows, {}, &report_row::name);
  return rows;
}

// Files of which nothing could be understood have no row.
bool has_row(const input_result& result) {
  return !result.failed || result.lines.accepted > 0;
}

std::vector<report_row> rows_by_file(const count_options& options, const tally& counted,
                                     const std::vector<input>& inputs,
                                     const std::vector<input_result>& results) {
  const group nothing;
  std::vector<report_row> rows;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (!has_row(results[i])) continue;
    const auto found = counted.find(static_cast<group_key>(i));
    rows.push_back(
        make_row(options, inputs[i].path, found == counted.end() ? nothing : found->second));
  }
  return rows;
}

void note_troubles(const std::vector<input>& inputs, const std::vector<input_result>& results,
                   report& into) {
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const input_result& result = results[i];
    if (result.failed) into.failures.push_back({inputs[i].path, *result.failed});
    if (result.lines.rejected > 0 && !is_no_log(result)) {
      into.rejected.push_back({inputs[i].path, result.lines.rejected, result.lines.first_rejected});
    }
    into.inputs.push_back({.path = inputs[i].path,
                           .lines = result.lines,
                           .format = result.format,
                           .rejects = result.rejects});
  }
}

}  // namespace

report_row make_total(const count_options& options, const group& all) {
  report_row row = make_row(options, "total", all);
  row.top.reset();
  return row;
}

report make_report(const count_options& options, const input_list& list,
                   const std::vector<input_result>& results, const tally& counted,
                   const host_table& hosts) {
  report made;
  made.by = options.by;
  made.has_hosts = separates_hosts(options);
  made.has_top = options.top > 0;
  made.failures = list.failures;
  note_troubles(list.inputs, results, made);
  const bool has_rows =
      (results.empty() && list.failures.empty()) || std::ranges::any_of(results, has_row);
  if (options.by == grouping::file) {
    made.rows = rows_by_file(options, counted, list.inputs, results);
  } else if (has_rows) {
    made.rows = rows_of(options, counted, hosts);
  }
  return made;
}

report make_report(const count_options& options, const input_list& list, counted_inputs counted,
                   const host_table& hosts, par::executor& on, const std::atomic<bool>& stop) {
  report made;
  made.stopped = stop;
  if (made.stopped) return made;
  tally all = merge_tallies(std::move(counted.tallies), on);
  made = make_report(options, list, counted.results, all, hosts);
  if (options.with_total) made.total = make_total(options, merge_groups(std::move(all), on));
  return made;
}

input_list find_inputs(const std::vector<std::string>& operands, file_system& files,
                       count_progress& progress) {
  input_list list = list_inputs(operands, files);
  announce(list, progress);
  return list;
}

report count(const count_options& asked, const std::vector<std::string>& operands,
             file_system& files, par::executor& on, const std::atomic<bool>& stop,
             count_progress& progress, const input_rules& rules) {
  const count_options options = with_wanted_fields(asked);
  host_table hosts;
  const input_list list = find_inputs(operands, files, progress);
  object_pool<workbench> benches;
  counted_inputs counted;
  counted.results =
      count_inputs({options, rules, files, on, stop, progress, benches, hosts}, list.inputs);
  counted.tallies = take_tallies(benches);
  return make_report(options, list, std::move(counted), hosts, on, stop);
}

}  // namespace countips
