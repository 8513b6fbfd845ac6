// Takes what the lines of one block say, and counts it.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "countips/clients/address_run.h"
#include "countips/clients/client_queue.h"
#include "countips/records/record.h"
#include "countips/tallies/line_counts.h"
#include "countips/tallies/options.h"
#include "countips/tallies/record_judge.h"
#include "countips/tallies/rejects.h"
#include "countips/tallies/tally.h"

namespace countips {

// For the lines in their order, one call each. The tally has it all when the sink is gone, or has
// been asked for its counts. Not thread-safe.
class block_sink {
 public:
  // `file` is the key of the group when files are grouped by; `hosts` is needed when hosts are.
  block_sink(const count_options& options, group_key file, tally& into, host_table* hosts = nullptr)
      : judge_(options.filter.is_empty() ? nullptr : &options.filter),
        clock_(options.zone),
        keys_(options.by, file, hosts),
        counts_clients_(options.top > 0),
        into_(into) {}
  ~block_sink() { queue_.flush(); }
  block_sink(const block_sink&) = delete;
  block_sink& operator=(const block_sink&) = delete;

  // The handler must outlive the sink.
  void on_reject(reject_handler& handler) { handler_ = &handler; }
  // How many of the rejected lines are to be kept.
  void keep_rejects(std::size_t most) { most_kept_ = most; }

  // False, and nothing is counted, if its time is on no day in the zone: then it is to be rejected.
  [[nodiscard]] bool request(const record& what) {
    const local_time when = clock_.at(what.time);
    if (when.date == day()) return false;
    ++counts_.lines;
    ++counts_.accepted;
    last_.is_admitted = judge_.admits(what, when);
    if (last_.is_admitted) count(what, when);
    return true;
  }

  // One more request of the same client and day as the last, when nothing else is wanted of them:
  // a filter that asks for days admits both or none. `who` is that client.
  void repeat(const client& who) {
    ++counts_.lines;
    ++counts_.accepted;
    if (!last_.is_admitted) return;
    ++counts_.counted;
    ++last_.its->requests;
    if (counts_clients_) last_.its->counts.add(who);
  }

  // The same, of another client.
  void same_day(const client& who) {
    repeat(who);
    if (last_.is_admitted) queue_.insert(last_.its->clients, who);
  }

  // Several requests of the day of the last one, of which at most the status is asked for besides.
  // Leaves those that are admitted.
  void same_day(const record& last, address_run& requests) {
    counts_.lines += requests.size();
    counts_.accepted += requests.size();
    const local_time when = clock_.at(last.time);
    if (!judge_.admits_time(when)) return;
    judge_.keep_admitted(requests);
    if (requests.size() == 0) return;
    counts_.counted += requests.size();
    group& its = group_of(keys_.of(last, when));
    its.requests += requests.size();
    queue_.insert(its.clients, requests);
    if (!counts_clients_) return;
    for (const ipv4_address& who : requests.v4()) its.counts.add(who);
    for (const ipv6_address& who : requests.v6()) its.counts.add(who);
  }

  void other() {
    ++counts_.lines;
    ++counts_.other;
  }
  void comment() {
    ++counts_.lines;
    ++counts_.comments;
  }
  void blank() {
    ++counts_.lines;
    ++counts_.blank;
  }

  // The line as it is, without its line end.
  void reject(reject_reason why, std::string_view line) {
    if (handler_ != nullptr && is_taken_by_handler(line)) return;
    ++counts_.lines;
    if (kept_.size() < most_kept_) kept_.push_back({counts_.lines, why, std::string(line)});
    if (++counts_.rejected > 1) return;
    counts_.first_rejected = counts_.lines;
    counts_.first_reason = why;
  }

  [[nodiscard]] const line_counts& counts() {
    queue_.flush();
    return counts_;
  }

  // The first of the rejected lines, with their numbers in the block.
  [[nodiscard]] std::vector<rejected_line> take_rejects() { return std::exchange(kept_, {}); }

 private:
  struct seen_group {
    group_key key = 0;
    group* its = nullptr;
  };

  struct last_request {
    group* its = nullptr;
    bool is_admitted = false;
  };

  void count(const record& what, const local_time& when) {
    ++counts_.counted;
    group& its = group_of(keys_.of(what, when));
    ++its.requests;
    queue_.insert(its.clients, what.who);
    if (counts_clients_) its.counts.add(what.who);
  }

  // Looks a group up in the tally only when it is none of those seen last. The keys of hours differ
  // in their upper part only.
  group& group_of(group_key key) {
    seen_group& slot = seen_[(key ^ key / hour_key::places) % seen_.size()];
    if (slot.its == nullptr || slot.key != key) slot = {key, &into_[key]};
    return *(last_.its = slot.its);
  }

  // What the next line repeats is the last one that the reader of the block has read.
  bool is_taken_by_handler(std::string_view line) {
    reject_handler& handler = *std::exchange(handler_, nullptr);
    const last_request before = last_;
    const bool taken = handler.take(line, *this);
    last_ = before;
    handler_ = &handler;
    return taken;
  }

  record_judge judge_;
  zone_clock clock_;
  group_keys keys_;
  const bool counts_clients_;
  tally& into_;
  std::array<seen_group, 32> seen_{};
  last_request last_;
  client_queue queue_;
  line_counts counts_;
  reject_handler* handler_ = nullptr;
  std::size_t most_kept_ = 0;
  std::vector<rejected_line> kept_;
};

}  // namespace countips
