#include "countips/workers/count_in_processes.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>
#include <utility>

#include "countips/counting/count.h"
#include "countips/counting/make_report.h"
#include "countips/workers/encoding.h"
#include "countips/workers/worker.h"
#include "par/pools/executor.h"
#include "par/pools/future.h"
#include "par/processes/worker_died.h"

namespace countips {

namespace {

// Less is not worth the clients that several parts have in common.
constexpr std::uint64_t least_part = std::uint64_t{32} << 20;

// So that a slow part at the end keeps few of the processes waiting.
constexpr std::uint64_t parts_of_a_process = 4;

// Handed out ahead of the part that is waited for, for each process.
constexpr std::size_t parts_ahead = 8;

struct cut_input {
  std::size_t input = 0;
  part piece;
};

// What has come of an input.
struct assembled {
  std::vector<input_result> results;  // Of its parts, in their order.
  std::vector<par::future<tally>> tallies;
  std::optional<failure> died;
};

failure failure_of(const par::exit_status& end) {
  return {failure::kind::worker_died, end.signal().value_or(0)};
}

class assembly {
 public:
  assembly(const count_options& options, const std::vector<input>& inputs,
           par::process_pool& workers, par::executor& on, const std::atomic<bool>& stop,
           shared_counters& counters, const input_rules& rules, host_table& hosts)
      : inputs_(inputs),
        workers_(workers),
        on_(on),
        stop_(stop),
        counters_(counters),
        rules_(rules),
        hosts_(options.by == grouping::host ? &hosts : nullptr),
        parts_(cut(inputs, workers.size() * parts_of_a_process)) {}

  // Cut short by a stop, it is of no use.
  counted_inputs count() {
    counted_inputs all;
    all.results.resize(inputs_.size());
    for (std::size_t i = 0; i < inputs_.size() && !stop_; ++i) {
      assembled whole = assemble(i);
      if (!stop_) finish(std::move(whole), i, all);
    }
    return all;
  }

 private:
  static std::vector<cut_input> cut(const std::vector<input>& inputs, std::uint64_t most_parts) {
    std::vector<cut_input> parts;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const std::uint64_t size = inputs[i].size;
      const std::uint64_t count = std::clamp<std::uint64_t>(size / least_part, 1, most_parts);
      for (std::uint64_t k = 0; k < count; ++k) {
        parts.push_back({i,
                         {.path = inputs[i].path,
                          .file = static_cast<group_key>(i),
                          .begin = size / count * k,
                          .end = k + 1 == count ? to_the_end : size / count * (k + 1)}});
      }
    }
    return parts;
  }

  void hand_out() {
    try {
      while (ahead_.size() < parts_ahead * workers_.size() && given_ < parts_.size()) {
        ahead_.push_back(workers_.submit<&count_in_worker>(parts_[given_].piece));
        ++given_;
      }
    } catch (const par::broken_process_pool&) {  // NOLINT(bugprone-empty-catch)
      // Then and for ever: the rest is not counted, and what is under way fails by itself.
    }
  }

  // The next part, which is being counted then; those behind it are handed out as well. None: there
  // is nobody to count it.
  std::optional<par::future<part_count>> take_next() {
    hand_out();
    ++taken_;
    if (ahead_.empty()) return std::nullopt;
    std::optional<par::future<part_count>> next = std::move(ahead_.front());
    ahead_.pop_front();
    return next;
  }

  // False if it was stopped before.
  bool wait(const par::future<part_count>& count) {
    constexpr std::chrono::milliseconds slice(100);  // How long a stop may go unseen.
    while (!count.wait_for(slice)) {
      if (stop_) {
        counters_->stop = true;
        return false;
      }
    }
    return true;
  }

  // Groups become sets again on all threads, while other parts are counted.
  void add(part_count&& counted, assembled& to) {
    to.results.push_back(std::move(counted.result));
    to.tallies.push_back(par::submit(on_, [groups = std::move(counted.groups), hosts = hosts_] {
      return tally_of(groups, hosts);
    }));
  }

  assembled assemble(std::size_t i) {
    assembled whole;
    while (taken_ < parts_.size() && parts_[taken_].input == i) {
      auto next = take_next();
      if (!next) {
        whole.died = failure{failure::kind::no_worker};
        continue;
      }
      if (!wait(*next)) break;
      try {
        add(next->get(), whole);
      } catch (const par::worker_died& death) {
        whole.died = failure_of(death.status());
      } catch (const par::broken_process_pool&) {
        whole.died = failure{failure::kind::no_worker};
      }
    }
    return whole;
  }

  input_result joined(std::vector<input_result> parts, const std::string& path) {
    input_result all;
    all.format = parts.front().format;
    for (input_result& each : parts) {
      append(all, {each.lines, std::move(each.rejects)}, path, rules_);
      if (!all.failed) all.failed = each.failed;
    }
    if (!all.failed && is_no_log(all)) all.failed = no_log_failure(all);
    return all;
  }

  void finish(assembled whole, std::size_t i, counted_inputs& all) {
    for (par::future<tally>& each : whole.tallies) {
      tally counted = each.get();
      if (!whole.died) all.tallies.push_back(std::move(counted));
    }
    if (whole.died) {
      all.results[i].failed = whole.died;
    } else {
      all.results[i] = joined(std::move(whole.results), inputs_[i].path);
    }
    counters_->progress.files.fetch_add(1, std::memory_order_relaxed);
  }

  const std::vector<input>& inputs_;
  par::process_pool& workers_;
  par::executor& on_;
  const std::atomic<bool>& stop_;
  shared_counters& counters_;
  const input_rules& rules_;
  host_table* const hosts_;
  const std::vector<cut_input> parts_;
  std::size_t given_ = 0;  // How many parts have been handed out,
  std::size_t taken_ = 0;  // and how many of their counts have been taken.
  std::deque<par::future<part_count>> ahead_;
};

}  // namespace

report count_in_processes(const count_options& asked, const std::vector<std::string>& operands,
                          file_system& files, par::process_pool& workers, par::executor& on,
                          const std::atomic<bool>& stop, shared_counters& counters,
                          const input_rules& rules) {
  const count_options options = with_wanted_fields(asked);
  host_table hosts;
  const input_list list = find_inputs(operands, files, counters->progress);
  counted_inputs counted =
      assembly(options, list.inputs, workers, on, stop, counters, rules, hosts).count();
  return make_report(options, list, std::move(counted), hosts, on, stop);
}

}  // namespace countips
