#include "countips/workers/count_in_processes.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <deque>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "countips/counting/count.h"
#include "countips/counting/make_report.h"
#include "countips/workers/encoding.h"
#include "countips/workers/worker.h"
#include "par/pools/future.h"
#include "par/processes/worker_died.h"

namespace countips {

namespace {

// Less is not worth looking at the beginning of a file once more.
constexpr std::uint64_t least_share = std::uint64_t{8} << 20;

// Handed out ahead of the one that is waited for, for each process; those of files that several
// count together have files open.
constexpr std::size_t shares_ahead = 8;
constexpr std::size_t shares_ahead_with_files = 2;

// Of an input that several processes count, what one of them does.
struct share {
  std::size_t input = 0;
  std::size_t taker = 0;
  std::size_t takers = 1;
};

// What has come of an input.
struct assembled {
  std::vector<taker_result> shares;
  std::vector<tally> tallies;
  std::optional<failure> died;
};

failure failure_of(const par::exit_status& end) {
  return {failure::kind::worker_died, end.signal().value_or(0)};
}

class assembly {
 public:
  assembly(const count_options& options, const std::vector<input>& inputs,
           par::process_pool& workers, const std::atomic<bool>& stop, shared_counters& counters,
           const input_rules& rules, host_table& hosts)
      : inputs_(inputs),
        workers_(workers),
        stop_(stop),
        counters_(counters),
        rules_(rules),
        block_size_(options.block_size),
        hosts_(options.by == grouping::host ? &hosts : nullptr),
        shares_(share_out(inputs, workers.size())) {}

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
  static std::vector<share> share_out(const std::vector<input>& inputs, std::size_t workers) {
    std::vector<share> shares;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const auto takers = static_cast<std::size_t>(
          std::clamp<std::uint64_t>(inputs[i].size / least_share, 1, workers));
      for (std::size_t k = 0; k < takers; ++k) shares.push_back({i, k, takers});
    }
    return shares;
  }

  part part_of(const share& what) {
    const input& of = inputs_[what.input];
    if (what.taker == 0) {
      pieces_ =
          what.takers == 1
              ? shared_pieces()
              : shared_pieces(of.path, cut_file(of.size, block_size_, what.takers), what.takers);
    }
    return {.path = of.path,
            .file = static_cast<group_key>(what.input),
            .taker = what.taker,
            .pieces = pieces_};
  }

  [[nodiscard]] bool is_enough_ahead(const share& next) const {
    return ahead_.size() >=
           workers_.size() * (next.takers == 1 ? shares_ahead : shares_ahead_with_files);
  }

  void hand_out() {
    try {
      while (given_ < shares_.size() && !is_enough_ahead(shares_[given_])) {
        ahead_.push_back(workers_.submit<&count_in_worker>(part_of(shares_[given_])));
        ++given_;
      }
    } catch (const par::broken_process_pool&) {  // NOLINT(bugprone-empty-catch)
      // Then and for ever: the rest is not counted, and what is under way fails by itself.
    } catch (const std::system_error&) {  // What is lacking comes back when others are done.
      if (ahead_.empty()) throw;
    }
  }

  // The next share, which is being counted then; those behind it are handed out as well. None:
  // there is nobody to count it.
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

  void add(part_count&& counted, assembled& to) const {
    to.shares.push_back(std::move(counted.result));
    to.tallies.push_back(tally_of(std::move(counted.groups), hosts_));
  }

  assembled assemble(std::size_t i) {
    assembled whole;
    while (taken_ < shares_.size() && shares_[taken_].input == i) {
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
      } catch (const par::codec_error&) {
        whole.died = failure{failure::kind::no_answer};
      } catch (const std::length_error&) {
        whole.died = failure{failure::kind::no_answer};
      }
    }
    return whole;
  }

  void finish(assembled whole, std::size_t i, counted_inputs& all) {
    if (whole.died) {
      all.results[i].failed = whole.died;
    } else {
      all.results[i] = join_shares(std::move(whole.shares), inputs_[i].path, rules_);
      std::ranges::move(whole.tallies, std::back_inserter(all.tallies));
    }
    counters_->progress.files.fetch_add(1, std::memory_order_relaxed);
  }

  const std::vector<input>& inputs_;
  par::process_pool& workers_;
  const std::atomic<bool>& stop_;
  shared_counters& counters_;
  const input_rules& rules_;
  const std::uint64_t block_size_;
  host_table* const hosts_;
  const std::vector<share> shares_;
  shared_pieces pieces_;   // Of the input of which a share has been handed out last.
  std::size_t given_ = 0;  // How many shares have been handed out,
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
      assembly(options, list.inputs, workers, stop, counters, rules, hosts).count();
  return make_report(options, list, std::move(counted), hosts, on, stop);
}

}  // namespace countips
