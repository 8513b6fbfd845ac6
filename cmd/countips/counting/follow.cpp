#include "countips/counting/follow.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <memory>
#include <optional>
#include <utility>

#include "countips/counting/growing_input.h"
#include "countips/counting/input_counter.h"
#include "countips/counting/make_report.h"
#include "countips/counting/merge_tallies.h"
#include "countips/input/compression.h"
#include "countips/input/follower.h"
#include "countips/input/inputs.h"
#include "countips/input/reading.h"

namespace countips {

namespace {

using clock = std::chrono::steady_clock;

// How long a change may stay unseen where the system does not tell of it, and a stop too.
constexpr std::chrono::milliseconds longest_wait(250);

// How much longer than making a report the pause behind it is: totals of millions of clients cost.
constexpr int least_rest = 10;

bool is_packed_file(const input& what, file_system& files) {
  if (what.path == standard_input) return false;
  const or_errno<file_info> info = files.look_up(what.path);
  if (!info || info->is != file_info::kind::regular) return false;  // A pipe is opened only once.
  const auto from = files.open(what.path);
  if (!from) return false;
  std::array<char, most_magic> first{};
  const or_errno<std::size_t> got = read_fully_at(**from, 0, first);
  return got && begins_packed(std::span<const char>(first).first(*got));
}

std::vector<bool> packed_ones(const std::vector<input>& inputs, file_system& files) {
  std::vector<bool> found;
  for (const input& each : inputs) found.push_back(is_packed_file(each, files));
  return found;
}

// A file that does not exist yet is an input as well.
input_list list_followed(const std::vector<std::string>& operands, file_system& files) {
  input_list list = list_inputs(operands, files);
  const auto is_missing = [](const input_failure& failed) {
    return failed.why == failure{failure::kind::look_up, ENOENT};
  };
  for (const input_failure& failed : list.failures) {
    if (is_missing(failed)) list.inputs.push_back({failed.path, 0});
  }
  std::erase_if(list.failures, is_missing);
  return list;
}

class follow_counter {
 public:
  follow_counter(const count_options& options, const input_rules& rules, input_list list,
                 file_system& files, std::chrono::milliseconds pause, follow_observer& observer)
      : options_(with_wanted_fields(options)),
        rules_(rules),
        files_(files),
        list_(std::move(list)),
        results_(list_.inputs.size()),
        is_packed_(packed_ones(list_.inputs, files)),
        pause_(pause),
        observer_(observer) {}

  report run(par::executor& on, const std::atomic<bool>& stop) {
    for (const input_failure& failed : list_.failures) observer_.failed(failed);
    count_packed(on, stop);
    follower lines(begin_followed(), files_, options_.reading.longest_line);
    while (!stop && wanted_) {
      count_all(lines, stop);
      tell_failures(lines);
      tell_if_due();
      if (lines.ended()) break;
      lines.wait(time_to_wait());
    }
    if (!caught_up_) return stopped_report();
    while (const auto rest = lines.next_rest()) count_piece(*rest);
    for (growing_input& each : growing_) each.finish();
    return final_report(lines);
  }

 private:
  void count_packed(par::executor& on, const std::atomic<bool>& stop) {
    object_pool<workbench> benches;
    count_progress unseen;
    const count_context shared{options_, rules_, files_, on, stop, unseen, benches, hosts_};
    for (std::size_t i = 0; i < list_.inputs.size(); ++i) {
      if (!is_packed_[i]) continue;
      results_[i] = count_input(shared, list_.inputs[i], static_cast<group_key>(i));
      if (results_[i].failed) observer_.failed({list_.inputs[i].path, *results_[i].failed});
      changed_ = true;
    }
    counted_ = merge_tallies(take_tallies(benches), on);
  }

  // The paths of all others.
  [[nodiscard]] std::vector<std::string> begin_followed() {
    std::vector<std::string> paths;
    for (std::size_t i = 0; i < list_.inputs.size(); ++i) {
      if (is_packed_[i]) continue;
      const block_rules how{.options = options_,
                            .file = static_cast<group_key>(i),
                            .hosts = &hosts_,
                            .others = other_formats(rules_),
                            .most_rejects = most_rejects(rules_)};
      paths.push_back(list_.inputs[i].path);
      growing_.emplace_back(paths.back(), how, rules_, counted_, results_[i]);
    }
    return paths;
  }

  void count_all(follower& lines, const std::atomic<bool>& stop) {
    while (!stop && wanted_) {
      const auto piece = lines.next();
      if (!piece) {
        caught_up_ = true;
        break;
      }
      count_piece(*piece);
      tell_if_due();
    }
  }

  void count_piece(const follower::piece& piece) {
    growing_input& input = growing_[piece.input];
    if (piece.begins_file) input.begin_file();
    if (input.add(piece.text)) changed_ = true;
  }

  void tell_failures(const follower& lines) {
    for (const input_failure& failed : lines.failures()) {
      if (std::ranges::find(told_, failed) != told_.end()) continue;
      told_.push_back(failed);
      observer_.failed(failed);
    }
  }

  void tell_if_due() {
    if (!changed_ || clock::now() < next_report_) return;
    changed_ = false;
    const clock::time_point begin = clock::now();
    wanted_ = observer_.counted(report_so_far());
    next_report_ = pause_behind(begin, clock::now());
  }

  [[nodiscard]] clock::time_point pause_behind(clock::time_point begin,
                                               clock::time_point end) const {
    if (pause_ == std::chrono::milliseconds(0)) return end;
    return end + std::max<clock::duration>(pause_, least_rest * (end - begin));
  }

  [[nodiscard]] std::chrono::milliseconds time_to_wait() const {
    if (!changed_) return longest_wait;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(next_report_ - clock::now());
    return std::clamp(left, std::chrono::milliseconds(0), longest_wait);
  }

  [[nodiscard]] report report_so_far() const {
    report made = make_report(options_, list_, results_, counted_, hosts_);
    if (options_.with_total) made.total = total_so_far();
    return made;
  }

  [[nodiscard]] report_row total_so_far() const {
    group all;
    for (const auto& [key, its] : counted_) {
      all.requests += its.requests;
      all.clients.merge(its.clients);
    }
    return make_total(options_, all);
  }

  static report stopped_report() {
    report none;
    none.stopped = true;
    return none;
  }

  report final_report(const follower& lines) {
    for (input_result& result : results_) {
      if (!result.failed && is_no_log(result)) {
        result.failed = failure{failure::kind::not_a_log};
      }
    }
    report made = report_so_far();
    std::ranges::copy(lines.failures(), std::back_inserter(made.failures));
    return made;
  }

  const count_options options_;
  const input_rules& rules_;
  file_system& files_;
  const input_list list_;
  std::vector<input_result> results_;
  const std::vector<bool> is_packed_;
  const std::chrono::milliseconds pause_;
  follow_observer& observer_;
  host_table hosts_;
  tally counted_;
  std::vector<growing_input> growing_;  // In the order of the paths that are followed.
  std::vector<input_failure> told_;
  bool changed_ = false;  // Since the last report.
  bool wanted_ = true;
  bool caught_up_ = false;  // All that there was at some time has been counted.
  clock::time_point next_report_{};
};

}  // namespace

report follow(const count_options& options, const std::vector<std::string>& operands,
              file_system& files, par::executor& on, const std::atomic<bool>& stop,
              std::chrono::milliseconds pause, follow_observer& observer,
              const input_rules& rules) {
  follow_counter counter(options, rules, list_followed(operands, files), files, pause, observer);
  return counter.run(on, stop);
}

}  // namespace countips
