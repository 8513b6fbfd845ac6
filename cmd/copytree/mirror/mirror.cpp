#include "copytree/mirror/mirror.h"

#include <fcntl.h>

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "copytree/mirror/clear.h"
#include "copytree/mirror/mirrored_directory.h"
#include "copytree/mirror/removal.h"
#include "copytree/mirror/remove_tree.h"
#include "copytree/run/entry_filter.h"
#include "copytree/system/directory_reader.h"
#include "copytree/system/open_untraced.h"

namespace copytree {

namespace {

// A directory found in both, not yet opened.
struct counterpart {
  std::shared_ptr<mirrored_directory> parent;
  std::string name;
  descriptor_budget::place place = {};
};

class mirror_walk {
 public:
  mirror_walk(context& run, removal& removing) : run_(run), removal_(removing) {}

  void begin(const job& operand);

 private:
  using shared_directory = std::shared_ptr<mirrored_directory>;
  using stack = std::vector<counterpart>;

  void post(counterpart found);
  void walk(counterpart first);
  shared_directory open_operand(const job& operand);
  shared_directory open(const counterpart& found);
  os_result<int> open_at(at where, int flags, bool follow);
  bool open_source(mirrored_directory& opened, at where, bool follow);
  bool open_destination(mirrored_directory& opened, const os_result<int>& file);
  void compare(const shared_directory& both, stack& below);
  void compare_entry(const shared_directory& both, const std::string& name, bool is_directory,
                     stack& below);
  void remove(const shared_directory& both, std::string name, bool is_directory);
  void lose_source(operation what, std::string path, std::errc reason);

  context& run_;
  removal& removal_;
};

void mirror_walk::lose_source(operation what, std::string path, std::errc reason) {
  removal_.give_up();
  run_.fail({.what = what, .reason = reason, .source = std::move(path), .destination = ""});
}

os_result<int> mirror_walk::open_at(at where, int flags, bool follow) {
  return follow ? run_.fs.open_following(where, flags) : run_.fs.open(where, flags);
}

bool mirror_walk::open_source(mirrored_directory& opened, at where, bool follow) {
  const auto file = open_untraced([&](int flags) { return open_at(where, flags, follow); });
  // A link to something else, where links are followed.
  if (follow && !file && file.error() == std::errc::not_a_directory) return false;
  if (!file) {
    lose_source(operation::open_source_directory, opened.source_path, file.error());
    return false;
  }
  opened.source = descriptor(run_.fs, *file);
  if (!run_.how.gitignore) return true;
  auto rules = rules_in(run_.fs, *file, std::move(opened.rules), prefix_of(opened.below));
  if (!rules) {
    lose_source(operation::open_source, join(opened.source_path, ".gitignore"), rules.error());
    return false;
  }
  opened.rules = std::move(*rules);
  return true;
}

// Not there in a dry run that would make it, and not ours beyond a mount point.
bool mirror_walk::open_destination(mirrored_directory& opened, const os_result<int>& file) {
  if (!file) {
    const bool is_none = file.error() == std::errc::cross_device_link ||
                         (run_.how.dry_run && file.error() == std::errc::no_such_file_or_directory);
    if (!is_none) {
      removal_.fail(operation::open_destination_directory, opened.path, file.error());
    }
    return false;
  }
  opened.destination = descriptor(run_.fs, *file);
  const auto status = run_.fs.status(*file);
  if (!status) {
    removal_.fail(operation::stat_destination, opened.path, status.error());
    return false;
  }
  opened.before = {.access = status->st_atim, .modification = status->st_mtim};
  return true;
}

mirror_walk::shared_directory mirror_walk::open_operand(const job& operand) {
  auto root = std::make_shared<mirrored_directory>(run_);
  root->source_path = operand.source;
  root->path = join(run_.target->path()->destination_path(), operand.name);
  const at there = {run_.target->destination(), operand.name.c_str()};
  const auto file = open_untraced(
      [&](int flags) { return open_at(there, flags, run_.how.follow_destination_directories); });
  if (!open_destination(*root, file)) return nullptr;
  const bool follow = run_.how.follow != follow_links::never;
  if (!open_source(*root, {AT_FDCWD, operand.source.c_str()}, follow)) return nullptr;
  const auto status = run_.fs.status(root->source.get());
  if (!status || id_of(*status) != id_of(operand.status)) {
    lose_source(operation::source_replaced, operand.source, {});
    return nullptr;
  }
  root->device = status->st_dev;
  return root;
}

void mirror_walk::begin(const job& operand) {
  run_.executor.post([this, &operand] {
    if (!removal_.may_go_on()) return;
    stack below;
    if (const auto root = open_operand(operand)) compare(root, below);
    for (counterpart& next : below) walk(std::move(next));
  });
}

void mirror_walk::post(counterpart found) {
  run_.executor.post([this, found = std::move(found)]() mutable { walk(std::move(found)); });
}

void mirror_walk::walk(counterpart first) {
  stack found;
  found.push_back(std::move(first));
  while (!found.empty()) {
    const counterpart next = std::move(found.back());
    found.pop_back();
    if (!removal_.may_go_on()) continue;
    if (const auto opened = open(next)) compare(opened, found);
  }
}

mirror_walk::shared_directory mirror_walk::open(const counterpart& found) {
  const mirrored_directory& parent = *found.parent;
  auto opened = std::make_shared<mirrored_directory>(run_);
  opened->source_path = join(parent.source_path, found.name);
  opened->path = join(parent.path, found.name);
  opened->below = join(parent.below, found.name);
  opened->device = parent.device;
  opened->rules = parent.rules;
  const at there = {parent.destination.get(), found.name.c_str()};
  const at from = {parent.source.get(), found.name.c_str()};
  const bool both =
      open_destination(
          *opened, open_untraced([&](int flags) { return run_.fs.open_on_mount(there, flags); })) &&
      open_source(*opened, from, run_.how.follow == follow_links::always);
  return both ? opened : nullptr;
}

void mirror_walk::compare(const shared_directory& both, stack& below) {
  const auto entries = read_names(run_.fs, both->destination.get());
  if (!entries) {
    return removal_.fail(operation::open_destination_directory, both->path, entries.error());
  }
  entry_filter filter(run_.how, both->rules, both->below);
  for (const name_and_type& entry : *entries) {
    if (!removal_.may_go_on()) return;
    if (filter.excludes(entry.name, entry.is_directory) || removal_.is_backup(entry.name)) continue;
    compare_entry(both, entry.name, entry.is_directory, below);
  }
}

void mirror_walk::compare_entry(const shared_directory& both, const std::string& name,
                                bool is_directory, stack& below) {
  const auto source = run_.fs.status_at({both->source.get(), name.c_str()});
  if (!source) {
    if (source.error() == std::errc::no_such_file_or_directory) {
      return remove(both, name, is_directory);
    }
    return lose_source(operation::stat_source, join(both->source_path, name), source.error());
  }
  const bool is_copy_of_directory =
      S_ISDIR(source->st_mode) ||
      (S_ISLNK(source->st_mode) && run_.how.follow == follow_links::always);
  const bool is_beyond = run_.how.one_file_system && source->st_dev != both->device;
  if (!is_directory || !is_copy_of_directory || is_beyond) return;
  counterpart found{.parent = both, .name = name, .place = run_.budget.take()};
  if (found.place) return post(std::move(found));
  below.push_back(std::move(found));
}

// A tree as a task of its own, where it may keep its parent open.
void mirror_walk::remove(const shared_directory& both, std::string name, bool is_directory) {
  if (!is_directory) {
    const at where = {both->destination.get(), name.c_str()};
    if (removal_.remove_file(where, both->path, name)) both->changed = true;
    return;
  }
  const auto remove_now = [this, both](const std::string& doomed) {
    const doomed_directory top = {.where = {both->destination.get(), doomed.c_str()},
                                  .path = join(both->path, doomed),
                                  .below = join(both->below, doomed),
                                  .rules = both->rules};
    if (remove_tree(removal_, top)) both->changed = true;
  };
  auto place = run_.budget.take();
  if (!place) return remove_now(name);
  run_.executor.post(
      [remove_now, place = std::move(place), name = std::move(name)] { remove_now(name); });
}

}  // namespace

std::optional<error> objection_to_mirror(const plan& what) {
  if (what.jobs.size() < 2) return std::nullopt;
  std::set<std::string_view> names;
  for (const job& each : what.jobs) {
    if (!S_ISDIR(each.status.st_mode)) continue;
    if (each.name == "." || !names.insert(each.name).second) {
      return error{.what = operation::mirror_of_several,
                   .source = each.source,
                   .destination = join(what.target_path, each.name)};
    }
  }
  return std::nullopt;
}

void mirror(context& run, const std::vector<job>& jobs, const std::vector<obstacle>& in_the_way) {
  if (run.stopped()) return;
  if (run.counts.copied.errors > 0) {
    return run.events.noted({.what = operation::removal_refused,
                             .source = "",
                             .destination = run.target->path()->destination_path()});
  }
  removal removing(run, jobs);
  mirror_walk walk(run, removing);
  for (const job& operand : jobs) {
    if (S_ISDIR(operand.status.st_mode)) walk.begin(operand);
  }
  run.executor.wait_idle();
  clear(run, removing, in_the_way);
}

}  // namespace copytree
