#include "copytree/shares/worker.h"

#include <dirent.h>

#include <algorithm>
#include <map>
#include <memory>
#include <system_error>
#include <utility>

#include "copytree/entry/copy_leaf.h"
#include "copytree/selection/pattern_list.h"
#include "copytree/shares/board.h"
#include "copytree/shares/copied_numbers.h"
#include "copytree/shares/event_list.h"
#include "copytree/shares/lend.h"
#include "copytree/shares/noting_file_system.h"
#include "copytree/tree/copy_directory.h"
#include "par/pools/serial_executor.h"
#include "par/processes/codec.h"

namespace copytree {

namespace {

// What this process was told at its beginning.
std::unique_ptr<const share_setup> setup;

constexpr std::uint64_t mebibyte = 1024 * 1024;

// A share is long enough that to send it costs little beside the copying, and short enough that its
// results are not awaited long. To read files back pays only for many.
share_limits limits_of(const share_setup& with, const board::head& all) {
  const std::size_t few = std::max<std::size_t>(with.how.descriptors / 32, 1);
  return {.entries = with.how.verify ? 1024U : 256U,
          .bytes = (with.how.verify ? 256 : 64) * mebibyte,
          .entries_if_idle = 32,
          .bytes_if_idle = 4 * mebibyte,
          .long_file = 8 * mebibyte,
          .directories = std::min<std::size_t>(few, 40),
          .depth = std::min<std::size_t>(few, 60),
          .shares = all.shares,
          .processes = with.processes};
}

// One share, from its directory to its result.
class copying {
 public:
  explicit copying(share what)
      : what_(std::move(what)),
        board_(setup->memory.data()),
        place_(board_.place(what_.place)),
        fs_(place_.making),
        limits_(limits_of(*setup, board_.all())),
        run_({.fs = fs_,
              .executor = executor_,
              .stop = board_.all().stop,
              .events = events_,
              .counts = counts_},
             setup->how),
        left_(limits_, is_alone(), counts_.copied) {
    counts_.elsewhere = &place_.moving;
    counts_.watched = what_.watched;
    run_.left = &left_;
    if (setup->how.bytes_per_second > 0) {
      run_.limit.emplace(setup->how.bytes_per_second, run_.time, board_.all().spent);
    }
  }

  share_result result();

 private:
  [[nodiscard]] bool is_alone() const {
    return what_.entries.size() == 1 && what_.entries.front().type != DT_DIR;
  }
  void open();
  void copy();
  void conclude();
  void send_back(share_result& into);
  void send_back(const left_entries::entry& one, share_result& into);
  std::uint32_t number_of(const std::shared_ptr<open_directory>& directory, share_result& into);
  [[nodiscard]] std::vector<std::vector<std::string>> lost_names();

  share what_;
  const board board_;
  share_place& place_;
  noting_file_system fs_;
  const share_limits limits_;
  counters counts_;
  event_list events_;
  par::serial_executor executor_;
  context run_;
  left_entries left_;
  std::shared_ptr<open_directory> in_;
  std::map<const open_directory*, std::uint32_t> numbers_;  // Of those that are sent back.
};

void copying::open() {
  for (directory_value& next : what_.way) {
    in_ = directory_of(run_, std::move(next), in_, true);
    if (run_.target == nullptr) run_.target = in_;
  }
  numbers_.emplace(in_.get(), 0);
  if (in_->has_destination()) {
    run_.disk.note(fs_, in_->destination(), in_->destination_id().device,
                   in_->path()->destination_path());
  }
}

void copying::copy() {
  for (const share::entry& each : what_.entries) {
    if (run_.stopped()) return;
    if (each.type == DT_DIR) {
      copy_directory(run_, {.parent = in_, .source = each.name, .name = each.name});
    } else if (!is_left(run_, in_, each.name.c_str(), each.type)) {
      copy_leaf(run_, {in_, each.name.c_str(), each.name.c_str()}, each.type, [] {});
    }
  }
}

// The file system of the share itself is put on disk by the owner, with all else that lies there.
void copying::conclude() {
  run_.checks.finish(run_);
  if (run_.stopped() || !run_.how.sync) return;
  for (const error& failed : run_.disk.finish(fs_, in_->destination_id().device)) {
    run_.fail(failed);
  }
}

std::uint32_t copying::number_of(const std::shared_ptr<open_directory>& directory,
                                 share_result& into) {
  if (const auto known = numbers_.find(directory.get()); known != numbers_.end()) {
    return known->second;
  }
  const std::uint32_t above = number_of(directory->held_parent(), into);
  const auto held = directory->keep_open();
  if (!held) throw std::system_error(std::make_error_code(held.error()));
  into.directories.push_back(open_value_of(*directory));
  into.directories.back().parent = above;
  directory->hand_back();
  const auto number = static_cast<std::uint32_t>(into.directories.size());
  numbers_.emplace(directory.get(), number);
  return number;
}

void copying::send_back(const left_entries::entry& one, share_result& into) {
  try {
    into.rest.push_back(
        {.in = number_of(one.in, into), .name = one.name, .type = one.type, .why = one.why});
  } catch (const std::system_error& failed) {
    const leaf lost{one.in, one.name.c_str(), one.name.c_str()};
    fail(run_, operation::open_source_directory, lost,
         static_cast<std::errc>(failed.code().value()));
    run_.counts.settled.add_entry();
  }
}

void copying::send_back(share_result& into) {
  if (run_.stopped()) return;
  leave_obstacles(run_);
  for (const left_entries::entry& each : left_.entries()) send_back(each, into);
}

std::vector<std::vector<std::string>> copying::lost_names() {
  std::vector<std::vector<std::string>> all;
  while (const auto lost = counts_.lost.try_take()) {
    std::vector<std::string> names;
    for (const tree_path* step = lost.get(); step != in_->path().get(); step = step->parent()) {
      names.push_back(step->name());
    }
    std::ranges::reverse(names);
    all.push_back(std::move(names));
  }
  return all;
}

share_result copying::result() {
  open();
  copy();
  executor_.wait_idle();
  conclude();
  share_result done;
  send_back(done);
  done.copied = copied_numbers(counts_.copied);
  done.settled_entries = counts_.settled.entries();
  done.settled_bytes = counts_.settled.bytes();
  done.settled_links = left_.settled();
  done.lost = lost_names();
  done.events = events_.take();
  place_.making.clear();
  return done;
}

}  // namespace

share_setup make_share_setup(const options& how, std::uint32_t processes,
                             const par::shared_memory& memory) {
  share_setup made;
  made.how = how;
  made.has_patterns = how.patterns != nullptr;
  if (made.has_patterns) made.patterns = how.patterns->texts();
  made.processes = processes;
  made.memory = memory;
  return made;
}

void begin_shares(share_setup given) {
  if (given.has_patterns) {
    pattern_list patterns;
    for (const std::string& text : given.patterns) patterns.add(text);
    given.how.patterns = std::make_shared<const pattern_list>(std::move(patterns));
  }
  setup = std::make_unique<const share_setup>(std::move(given));
}

share_result copy_share(share what) {
  return copying(std::move(what)).result();
}

}  // namespace copytree
