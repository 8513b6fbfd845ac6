#include "copytree/source_count.h"

#include <dirent.h>
#include <fcntl.h>

#include <memory>
#include <set>
#include <stop_token>
#include <utility>

#include "copytree/descriptor.h"
#include "copytree/directory_reader.h"
#include "copytree/entry_filter.h"
#include "copytree/tree_path.h"

namespace copytree {

namespace {

class walk {
 public:
  walk(file_system& fs, const options& how, found_counters& found, std::stop_token stop)
      : fs_(fs), how_(how), found_(found), stop_(std::move(stop)) {}

  void count(const job& operand);

 private:
  // A directory on the way down, and those in it that are still to be visited.
  struct level {
    descriptor directory;
    std::vector<std::string> below;
    std::string path = {};  // Below the operand; only kept if anything is left out.
    std::shared_ptr<const ignore_rules> rules = {};
  };

  void count_file(const file_status& status);
  void enter(at where, std::vector<level>& levels);
  entry_filter filter_of(level& entered, const std::vector<level>& above, const char* name);

  file_system& fs_;
  const options& how_;
  found_counters& found_;
  const std::stop_token stop_;
  std::set<file_id> linked_;  // Files with several names that have been counted.
};

void walk::count(const job& operand) {
  if (!S_ISDIR(operand.status.st_mode)) return count_file(operand.status);
  std::vector<level> levels;
  enter({AT_FDCWD, operand.source.c_str()}, levels);
  while (!levels.empty() && !stop_.stop_requested()) {
    level& deepest = levels.back();
    if (deepest.below.empty()) {
      levels.pop_back();
      continue;
    }
    const std::string name = std::move(deepest.below.back());
    deepest.below.pop_back();
    enter({deepest.directory.get(), name.c_str()}, levels);
  }
}

void walk::enter(at where, std::vector<level>& levels) {
  add(found_.entries);
  const auto opened = fs_.open(where, O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_NOCTTY);
  if (!opened) return;
  level entered{.directory = descriptor(fs_, *opened), .below = {}};
  entry_filter filter = filter_of(entered, levels, where.name);
  directory_reader reader(fs_, *opened);
  for (auto next = reader.next(); next && *next && !stop_.stop_requested(); next = reader.next()) {
    const auto [name, type] = **next;
    if (type != DT_UNKNOWN && filter.excludes(name, type == DT_DIR)) continue;
    if (type == DT_DIR) {
      entered.below.emplace_back(name);
    } else if (const auto status = fs_.status_at({*opened, name}); status) {
      const bool is_directory = S_ISDIR(status->st_mode);
      if (type == DT_UNKNOWN && filter.excludes(name, is_directory)) continue;
      if (is_directory)
        entered.below.emplace_back(name);
      else
        count_file(*status);
    }
  }
  levels.push_back(std::move(entered));
}

entry_filter walk::filter_of(level& entered, const std::vector<level>& above, const char* name) {
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

void walk::count_file(const file_status& status) {
  add(found_.entries);
  if (!S_ISREG(status.st_mode)) return;
  if (status.st_nlink > 1 && !linked_.insert(id_of(status)).second) return;
  add(found_.bytes, static_cast<std::uint64_t>(status.st_size));
}

}  // namespace

source_count::source_count(file_system& fs, const options& how, const plan& what, counters& counts)
    : fs_(fs), how_(how), jobs_(what.jobs), counts_(counts) {}

void source_count::start() {
  if (walker_.joinable()) return;
  counts_.found.counting = true;
  counts_.watched = true;
  walker_ = par::thread("count", [this](const std::stop_token& stop) {
    walk counting(fs_, how_, counts_.found, stop);
    for (const job& operand : jobs_) counting.count(operand);
    counts_.found.counting = false;
  });
}

}  // namespace copytree
