#include "copytree/mirror/remove_tree.h"

#include <fcntl.h>

#include <utility>

#include "copytree/run/entry_filter.h"
#include "copytree/system/directory_reader.h"
#include "copytree/system/open_untraced.h"
#include "copytree/system/tree_path.h"

namespace copytree {

namespace {

class tree_removal {
 public:
  tree_removal(removal& shared, const doomed_directory& top)
      : shared_(shared), fs_(shared.run().fs), top_(top), path_(top.path), below_(top.below) {}

  bool run();

 private:
  // A directory on the way down.
  struct level {
    std::string name;
    file_id id;
    std::vector<std::string> below = {};  // Directories that are still to be removed.
    bool spared = false;                  // Something in it stays.
  };

  bool step();
  bool enter(at where);
  bool leave();
  bool go_up();
  void remove_entries(int directory, level& of, std::vector<name_and_type> entries);
  bool fail(std::errc reason);

  removal& shared_;
  file_system& fs_;
  const doomed_directory& top_;
  descriptor current_;  // The deepest level.
  std::vector<level> levels_;
  std::string path_;   // Of the deepest level, or of the directory that is being entered.
  std::string below_;  // The same below the operand.
  bool gone_ = false;
};

bool tree_removal::run() {
  if (!enter(top_.where)) return false;
  while (!levels_.empty() && shared_.may_go_on() && step()) {
  }
  return gone_;
}

// One directory further down, or one up; false if the way up is lost.
bool tree_removal::step() {
  if (levels_.back().below.empty()) return leave();
  const std::string name = std::move(levels_.back().below.back());
  levels_.back().below.pop_back();
  path_ = join(std::move(path_), name);
  below_ = join(std::move(below_), name);
  if (enter({current_.get(), name.c_str()})) return true;
  path_.resize(path_.rfind('/'));
  below_.resize(below_.rfind('/'));
  levels_.back().spared = true;
  return true;
}

bool tree_removal::fail(std::errc reason) {
  shared_.fail(operation::remove_destination, path_, reason);
  return false;
}

bool tree_removal::enter(at where) {
  const auto opened = open_untraced([&](int flags) { return fs_.open_on_mount(where, flags); });
  if (!opened) {
    const bool is_mount = opened.error() == std::errc::cross_device_link;
    return fail(is_mount ? std::errc::device_or_resource_busy : opened.error());
  }
  descriptor directory(fs_, *opened);
  const auto status = fs_.status(*opened);
  if (!status) return fail(status.error());
  if (shared_.holds_source(*status, path_)) return false;
  auto entries = read_names(fs_, *opened);
  if (!entries) return fail(entries.error());
  level& entered = levels_.emplace_back(level{.name = where.name, .id = id_of(*status)});
  current_ = std::move(directory);
  remove_entries(*opened, entered, std::move(*entries));
  return true;
}

void tree_removal::remove_entries(int directory, level& of, std::vector<name_and_type> entries) {
  entry_filter filter(shared_.run().how, top_.rules, below_);
  for (name_and_type& entry : entries) {
    if (!filter.excludes(entry.name, entry.is_directory) && !shared_.is_backup(entry.name)) {
      if (entry.is_directory) {
        of.below.push_back(std::move(entry.name));
        continue;
      }
      if (shared_.remove_file({directory, entry.name.c_str()}, path_, entry.name)) continue;
    }
    of.spared = true;
  }
}

bool tree_removal::go_up() {
  const auto opened =
      uninterrupted([&] { return fs_.open({current_.get(), ".."}, O_PATH | O_DIRECTORY); });
  if (!opened) return fail(opened.error());
  descriptor above(fs_, *opened);
  const auto status = fs_.status(*opened);
  if (!status) return fail(status.error());
  // Somebody has moved the directory: what ".." is now must not be touched.
  if (id_of(*status) != levels_.back().id) return fail(std::errc::no_such_file_or_directory);
  current_ = std::move(above);
  return true;
}

bool tree_removal::leave() {
  const level done = std::move(levels_.back());
  levels_.pop_back();
  const bool is_top = levels_.empty();
  if (!is_top && !go_up()) return false;
  const at where = is_top ? top_.where : at{current_.get(), done.name.c_str()};
  const bool gone = !done.spared && shared_.remove_directory(where, path_);
  if (is_top) {
    gone_ = gone;
    return true;
  }
  if (!gone) levels_.back().spared = true;
  path_.resize(path_.rfind('/'));
  below_.resize(below_.rfind('/'));
  return true;
}

}  // namespace

bool remove_tree(removal& shared, const doomed_directory& top) {
  return tree_removal(shared, top).run();
}

}  // namespace copytree
