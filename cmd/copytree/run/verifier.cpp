#include "copytree/run/verifier.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "copytree/data/read_sum.h"
#include "copytree/run/context.h"

namespace copytree {

namespace {

constexpr std::uint64_t enough_bytes = 256 * 1024 * 1024;
constexpr std::size_t enough_files = 1024;

void fail(context& run, const written_file& about, operation what, std::errc reason = {}) {
  run.fail({.what = what,
            .reason = reason,
            .source = about.directory->source_path(about.source),
            .destination = about.directory->destination_path(about.name)});
}

// All on one file system. Without a name if all of it could not be synced: nobody knows of which.
bool put_on_disk(context& run, dev_t device, const std::vector<written_file*>& files) {
  std::vector<int> open;
  for (const written_file* one : files) open.push_back(one->file.get());
  const auto flushed = run.disk.flush(run.fs, device, open);
  if (!flushed) fail(run, *files.front(), operation::sync, flushed.error());
  return flushed.has_value();
}

void compare(context& run, const written_file& copy) {
  const int file = copy.file.get();
  constexpr auto all = std::numeric_limits<std::uint64_t>::max();
  if (const auto forgotten = run.fs.forget_cached(file); !forgotten) {
    return fail(run, copy, operation::read_back, forgotten.error());
  }
  const auto sum = read_sum(run.fs, file, all, run.stop);
  if (run.stopped()) return;
  if (!sum) return fail(run, copy, operation::read_back, sum.error());
  const bool same = *sum == copy.sum;
  if (!same) fail(run, copy, operation::content_differs);
  if (same) add(run.counts.copied.verified);
  const std::optional<file_times> times = same ? copy.times : file_times{};
  if (!times) return;
  if (const auto set = run.fs.set_times(file, *times); !set) {
    fail(run, copy, operation::set_times, set.error());
  }
}

void compare_all(context& run, std::vector<written_file> files) {
  std::map<dev_t, std::vector<written_file*>> by_device;
  for (written_file& one : files) by_device[one.device].push_back(&one);
  for (const auto& [device, ones] : by_device) {
    if (run.stopped() || !put_on_disk(run, device, ones)) continue;
    for (const written_file* one : ones) {
      if (!run.stopped()) compare(run, *one);
    }
  }
}

}  // namespace

verifier::verifier(std::size_t most_files)
    : most_files_(std::clamp<std::size_t>(most_files, 1, enough_files)) {}

void verifier::add(context& run, written_file next) {
  std::vector<written_file> batch;
  {
    const par::lock_guard lock(guard_);
    bytes_ += next.size;
    waiting_.push_back(std::move(next));
    if (waiting_.size() < most_files_ && bytes_ < enough_bytes) return;
    batch = std::exchange(waiting_, {});
    bytes_ = 0;
  }
  compare_all(run, std::move(batch));
}

void verifier::finish(context& run) {
  std::vector<written_file> rest;
  {
    const par::lock_guard lock(guard_);
    rest = std::exchange(waiting_, {});
  }
  compare_all(run, std::move(rest));
}

}  // namespace copytree
