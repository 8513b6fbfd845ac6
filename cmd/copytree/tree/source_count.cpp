#include "copytree/tree/source_count.h"

#include <dirent.h>
#include <fcntl.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "copytree/run/entry_filter.h"
#include "copytree/system/descriptor.h"
#include "copytree/system/directory_reader.h"
#include "copytree/system/tree_path.h"

namespace copytree {

namespace {

class walk {
 public:
  walk(file_system& fs, const options& how, tally& found, std::stop_token stop)
      : fs_(fs),
        how_(how),
        follows_all_(how.follow == follow_links::always),
        found_(found),
        stop_(std::move(stop)) {}

  void count(const job& operand);
  void count_below(const tree_path& directory);

 private:
  // A directory on the way down, and those in it that are still to be visited.
  struct level {
    descriptor directory;  // None while it is far above the deepest.
    std::vector<std::string> below;
    file_id id = {};
    std::string path = {};  // Below the operand; only kept if anything is left out.
    std::shared_ptr<const ignore_rules> rules = {};
  };

  // So many of the deepest levels are open: a deep tree must not take the copy's descriptors.
  static constexpr std::size_t most_open = 6;

  void descend(at where, bool follow);
  void enter(at where, std::vector<level>& levels, bool follow);
  bool is_cyclic(level& entered, const std::vector<level>& levels);
  void leave(std::vector<level>& levels);
  void count_entry(at where, unsigned char type, level& entered, entry_filter& filter);
  entry_filter filter_of(level& entered, const std::vector<level>& above, const char* name);
  [[nodiscard]] bool is_left_out(int directory);
  os_result<file_status> look(at where);

  file_system& fs_;
  const options& how_;
  const bool follows_all_;
  tally& found_;
  const std::stop_token stop_;
  std::optional<dev_t> device_;  // Of the operand.
  std::string start_;            // Path below it, where the walk begins.
};

void walk::count(const job& operand) {
  found_.add_entry(operand.status, how_.preserve.links);
  if (!S_ISDIR(operand.status.st_mode)) return;
  device_ = operand.status.st_dev;
  descend({AT_FDCWD, operand.source.c_str()}, how_.follow != follow_links::never);
}

// From the operand downwards, as the copy has come there: one name after another, following no
// links. What has changed meanwhile is not found, and so not counted.
void walk::count_below(const tree_path& directory) {
  if (follows_all_) return;  // Where links go round in circles, it is not known which are counted.
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
    start_ = start_.empty() ? steps[steps.size() - 2]->source_name()
                            : join(start_, steps[steps.size() - 2]->source_name());
  }
  descend({reached ? reached.get() : AT_FDCWD, directory.source_name().c_str()}, false);
  start_.clear();
}

void walk::descend(at where, bool follow) {
  std::vector<level> levels;
  enter(where, levels, follow);
  while (!levels.empty() && !stop_.stop_requested()) {
    level& deepest = levels.back();
    if (deepest.below.empty()) {
      leave(levels);
      continue;
    }
    const std::string name = std::move(deepest.below.back());
    deepest.below.pop_back();
    enter({deepest.directory.get(), name.c_str()}, levels, follows_all_);
  }
}

// Counts what is in a directory.
void walk::enter(at where, std::vector<level>& levels, bool follow) {
  constexpr int flags = O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_NOCTTY;
  const auto opened = follow ? fs_.open_following(where, flags) : fs_.open(where, flags);
  if (!opened) return;
  level entered{.directory = descriptor(fs_, *opened), .below = {}};
  if (follows_all_ && is_cyclic(entered, levels)) return;
  if (is_left_out(*opened)) return;
  entry_filter filter = filter_of(entered, levels, where.name);
  directory_reader reader(fs_, *opened);
  for (auto next = reader.next(); next && *next && !stop_.stop_requested(); next = reader.next()) {
    count_entry({*opened, (*next)->name}, (*next)->type, entered, filter);
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

void walk::count_entry(at where, unsigned char type, level& entered, entry_filter& filter) {
  if (type != DT_UNKNOWN && filter.excludes(where.name, type == DT_DIR)) return;
  if (follows_all_ && type == DT_LNK) type = DT_UNKNOWN;
  const bool needs_look = type == DT_REG || type == DT_UNKNOWN;
  const auto status = needs_look ? look(where) : par::unexpected<std::errc>(std::errc{});
  const bool is_directory = type == DT_DIR || (status && S_ISDIR(status->st_mode));
  if (type == DT_UNKNOWN && filter.excludes(where.name, is_directory)) return;
  if (is_directory) entered.below.emplace_back(where.name);
  if (status) return found_.add_entry(*status, how_.preserve.links);
  found_.add_entry();
}

os_result<file_status> walk::look(at where) {
  return follows_all_ ? fs_.status_following(where) : fs_.status_at(where);
}

// A link may lead to one of the directories that lead to it.
bool walk::is_cyclic(level& entered, const std::vector<level>& levels) {
  const auto status = fs_.status(entered.directory.get());
  if (!status) return true;
  entered.id = id_of(*status);
  return std::ranges::find(levels, entered.id, &level::id) != levels.end();
}

bool walk::is_left_out(int directory) {
  if (!how_.one_file_system || !device_) return false;
  const auto status = fs_.status(directory);
  return !status || status->st_dev != *device_;
}

entry_filter walk::filter_of(level& entered, const std::vector<level>& above, const char* name) {
  if (above.empty()) entered.path = start_;
  if (filters(how_) && !above.empty()) {
    entered.path = join(above.back().path, name);
    entered.rules = above.back().rules;
  }
  if (how_.gitignore) {
    auto rules = rules_in(fs_, entered.directory.get(), entered.rules, prefix_of(entered.path));
    if (rules) entered.rules = std::move(*rules);
  }
  return {how_, entered.rules, entered.path};
}

}  // namespace

source_count::source_count(file_system& fs, options how, const plan& what, counters& counts)
    : fs_(fs), how_(std::move(how)), jobs_(what.jobs), counts_(counts) {}

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
