#include "countips/counting/merge_tallies.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "par/pools/parallel_for.h"

namespace countips {

namespace {

// Sets that are to become one.
struct union_job {
  client_set* into;
  std::vector<client_set*> from;
};

// Brings all sets of a job into parts if one of them is; small ones are merged here and now.
bool prepare_parts(union_job& job) {
  const auto is_split = [](const client_set* set) { return set->is_split(); };
  if (!job.into->is_split() && std::ranges::none_of(job.from, is_split)) return false;
  job.into->split();
  for (client_set* const set : job.from) {
    if (!set->is_split()) job.into->merge(std::move(*set));
  }
  std::erase_if(job.from, [&](const client_set* set) { return !set->is_split(); });
  for (client_set* const set : job.from) set->split();
  return true;
}

void merge_whole(const union_job& job) {
  for (client_set* const set : job.from) job.into->merge(std::move(*set));
}

void merge_one_part(const union_job& job, std::size_t part) {
  for (client_set* const set : job.from) job.into->merge_part(*set, part);
}

// Each job on a thread of its own, and what is large enough on all of them.
void run(std::vector<union_job> jobs, par::executor& on) {
  std::vector<char> in_parts(jobs.size());  // No vector<bool>: threads write to it.
  par::parallel_for(on, std::size_t{0}, jobs.size(), [&](std::size_t i) {
    in_parts[i] = prepare_parts(jobs[i]) ? 1 : 0;
    if (in_parts[i] == 0) merge_whole(jobs[i]);
  });
  std::vector<const union_job*> large;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    if (in_parts[i] != 0) large.push_back(&jobs[i]);
  }
  par::parallel_for(on, std::size_t{0}, large.size() * client_set::parts, [&](std::size_t i) {
    merge_one_part(*large[i / client_set::parts], i % client_set::parts);
  });
}

void merge_counts(tally& all, std::vector<tally>& parts, par::executor& on) {
  std::vector<tally::value_type*> groups;
  for (tally::value_type& each : all) groups.push_back(&each);
  par::parallel_for(on, std::size_t{0}, groups.size(), [&](std::size_t i) {
    auto& [key, into] = *groups[i];
    for (tally& part : parts) {
      const auto found = part.find(key);
      if (found != part.end()) into.counts.merge(std::move(found->second.counts));
    }
  });
}

}  // namespace

tally merge_tallies(std::vector<tally> parts, par::executor& on) {
  if (parts.empty()) return {};
  tally all = std::move(parts.back());
  parts.pop_back();
  std::map<group_key, union_job> jobs;
  bool has_counts = false;
  for (tally& part : parts) {
    for (auto& [key, its] : part) {
      group& into = all[key];
      into.requests += its.requests;
      has_counts = has_counts || its.counts.size() != 0;
      union_job& job = jobs[key];
      job.into = &into.clients;
      job.from.push_back(&its.clients);
    }
  }
  std::vector<union_job> list;
  for (auto& [key, job] : jobs) list.push_back(std::move(job));
  run(std::move(list), on);
  if (has_counts) merge_counts(all, parts, on);
  return all;
}

group merge_groups(tally all, par::executor& on) {
  group merged;
  union_job job{&merged.clients, {}};
  for (auto& [key, its] : all) {
    merged.requests += its.requests;
    job.from.push_back(&its.clients);
  }
  run({std::move(job)}, on);
  return merged;
}

}  // namespace countips
