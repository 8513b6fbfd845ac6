#include "copytree/source_count.h"

#include <dirent.h>
#include <fcntl.h>

#include <optional>
#include <string>
#include <utility>

#include "copytree/descriptor.h"
#include "copytree/directory_reader.h"

namespace copytree {

namespace {

class walk {
 public:
  walk(file_system& fs, const options& how, tally& found, std::stop_token stop)
      : fs_(fs), how_(how), found_(found), stop_(std::move(stop)) {}

  void count(const job& operand);
  void count_below(const tree_path& directory);

 private:
  // A directory on the way down, and those in it that are still to be visited.
  struct level {
    descriptor directory;  // None while it is far above the deepest.
    std::vector<std::string> below;
    file_id id = {};
  };

  // So many of the deepest levels are open: a deep tree must not take the copy's descriptors.
  static constexpr std::size_t most_open = 6;

  void descend(at where);
  void enter(at where, std::vector<level>& levels);
  void leave(std::vector<level>& levels);
  void count_entry(int directory, const char* name, unsigned char type, level& entered);
  [[nodiscard]] bool is_left_out(int directory);

  file_system& fs_;
  const options& how_;
  tally& found_;
  const std::stop_token stop_;
  std::optional<dev_t> device_;  // Of the operand.
};

void walk::count(const job& operand) {
  found_.add_entry(operand.status, how_.preserve.links);
  if (!S_ISDIR(operand.status.st_mode)) return;
  device_ = operand.status.st_dev;
  descend({AT_FDCWD, operand.source.c_str()});
}

// From the operand downwards, as the copy has come there: one name after another, following no
// links. What has changed meanwhile is not found, and so not counted.
void walk::count_below(const tree_path& directory) {
  std::vector<const tree_path*> steps;
  for (const tree_path* step = &directory; step->parent() != nullptr; step = step->parent()) {
    steps.push_back(step);
  }
  descriptor reached;
  for (int from = AT_FDCWD; steps.size() > 1; steps.pop_back()) {
    const auto opened = fs_.open({from, steps.back()->source_name().c_str()}, O_PATH | O_DIRECTORY);
    if (!opened) return;
    reached = descriptor(fs_, *opened);
    from = *opened;
  }
  descend({reached ? reached.get() : AT_FDCWD, directory.source_name().c_str()});
}

void walk::descend(at where) {
  std::vector<level> levels;
  enter(where, levels);
  while (!levels.empty() && !stop_.stop_requested()) {
    level& deepest = levels.back();
    if (deepest.below.empty()) {
      leave(levels);
      continue;
    }
    const std::string name = std::move(deepest.below.back());
    deepest.below.pop_back();
    enter({deepest.directory.get(), name.c_str()}, levels);
  }
}

// Counts what is in a directory.
void walk::enter(at where, std::vector<level>& levels) {
  const auto opened = fs_.open(where, O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_NOCTTY);
  if (!opened) return;
  level entered{.directory = descriptor(fs_, *opened), .below = {}};
  if (is_left_out(*opened)) return;
  directory_reader reader(fs_, *opened);
  for (auto next = reader.next(); next && *next && !stop_.stop_requested(); next = reader.next()) {
    count_entry(*opened, (*next)->name, (*next)->type, entered);
  }
  if (levels.size() >= most_open) {
    level& far = levels[levels.size() - most_open];
    if (const auto status = fs_.status(far.directory.get())) far.id = id_of(*status);
    far.directory = {};
  }
  levels.push_back(std::move(entered));
}

// Back to the level above, which is opened by the way up if that still leads there.
void walk::leave(std::vector<level>& levels) {
  const level left = std::move(levels.back());
  levels.pop_back();
  if (levels.empty() || levels.back().directory) return;
  level& above = levels.back();
  const auto opened = fs_.open({left.directory.get(), ".."}, O_PATH | O_DIRECTORY);
  if (opened) above.directory = descriptor(fs_, *opened);
  const auto status = fs_.status(above.directory.get());
  if (!status || id_of(*status) != above.id) levels.clear();  // Moved away: nobody knows where to.
}

void walk::count_entry(int directory, const char* name, unsigned char type, level& entered) {
  const bool needs_look = type == DT_REG || type == DT_UNKNOWN;
  const auto status =
      needs_look ? fs_.status_at({directory, name}) : par::unexpected<std::errc>(std::errc{});
  if (type == DT_DIR || (status && S_ISDIR(status->st_mode))) entered.below.emplace_back(name);
  if (status) return found_.add_entry(*status, how_.preserve.links);
  found_.add_entry();
}

bool walk::is_left_out(int directory) {
  if (!how_.one_file_system || !device_) return false;
  const auto status = fs_.status(directory);
  return !status || status->st_dev != *device_;
}

}  // namespace

source_count::source_count(file_system& fs, const options& how, const plan& what, counters& counts)
    : fs_(fs), how_(how), jobs_(what.jobs), counts_(counts) {}

void source_count::start() {
  if (walker_.joinable()) return;
  counts_.counting = true;
  counts_.watched = true;
  walker_ = par::thread("count", [this](const std::stop_token& stop) { walk_all(stop); });
}

void source_count::walk_all(const std::stop_token& stop) {
  walk found(fs_, how_, counts_.found, stop);
  for (const job& operand : jobs_) found.count(operand);
  counts_.counting = false;
  walk lost(fs_, how_, counts_.settled, stop);
  while (const auto directory = counts_.lost.take(stop)) lost.count_below(*directory);
}

}  // namespace copytree
