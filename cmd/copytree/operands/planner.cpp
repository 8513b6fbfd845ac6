#include "copytree/operands/planner.h"

#include <fcntl.h>

#include <algorithm>

#include "copytree/model/operand_name.h"
#include "copytree/system/tree_path.h"

namespace copytree {

namespace {

constexpr int target_flags = O_PATH | O_DIRECTORY;

}  // namespace

os_result<void> planner::open_target(const std::string& path) {
  const std::string& directory = path.empty() ? "." : path;
  const auto opened = uninterrupted(
      [&] { return fs_.open_following({AT_FDCWD, directory.c_str()}, target_flags); });
  if (!opened) return par::unexpected<std::errc>(opened.error());
  plan_.target = descriptor(fs_, *opened);
  plan_.target_path = without_trailing_slashes(path);
  const auto status = fs_.status(*opened);
  if (!status) return par::unexpected<std::errc>(status.error());
  plan_.target_id = id_of(*status);
  return {};
}

os_result<file_status> planner::status_of(const std::string& source) {
  const at where = {.directory = AT_FDCWD, .name = source.c_str()};
  return how_.follow == follow_links::never ? fs_.status_at(where) : fs_.status_following(where);
}

void planner::add(const std::string& source, std::string name) {
  error problem{.what = operation::stat_source,
                .source = source,
                .destination = join(plan_.target_path, name)};
  add({.source = source, .name = std::move(name), .status = {}}, std::move(problem));
}

// The parents are made when the job is begun; they are as little known by then as what may stand in
// them.
void planner::add_with_parents(const std::string& source) {
  plan_.parents = true;
  std::string below(without_trailing_slashes(source));
  below.erase(0, below.find_first_not_of('/'));
  add(source, std::move(below));
  if (!plan_.jobs.empty()) plan_.jobs.back().waits = true;
}

void planner::add(job next, error problem) {
  const auto status = status_of(next.source);
  if (!status && plan_.parents) {  // Its parents come first, also when it comes to errors.
    plan_.jobs.push_back(std::move(next));
    return;
  }
  if (!status) {
    problem.reason = status.error();
    plan_.refused.push_back(std::move(problem));
    return;
  }
  next.status = *status;
  if (const auto why = objection(next)) {
    problem.what = *why;
    const bool is_note =
        *why == operation::repeated_source || *why == operation::repeated_source_directory;
    (is_note ? plan_.notes : plan_.refused).push_back(std::move(problem));
    return;
  }
  next.waits = !names_.emplace(next.name, id_of(next.status)).second;
  plan_.jobs.push_back(std::move(next));
}

std::optional<operation> planner::objection(const job& next) {
  if (S_ISDIR(next.status.st_mode)) return objection_to_directory(next);
  if (how_.keep_backup == backup::none && repeated_.check(next.source, next.status)) {
    return operation::repeated_source;
  }
  return std::nullopt;
}

std::optional<operation> planner::objection_to_directory(const job& next) {
  if (!how_.recursive) return operation::not_recursive;
  const file_id id = id_of(next.status);
  if (const auto taken = names_.find(next.name); taken != names_.end() && taken->second == id) {
    return operation::repeated_source_directory;
  }
  const auto there = fs_.status_at({plan_.target.get(), next.name.c_str()});
  if (there && id_of(*there) == id) return operation::same_file;
  if (there && !S_ISDIR(there->st_mode) && !S_ISLNK(there->st_mode)) {
    return operation::directory_over_other;
  }
  if (is_above_target(id)) return operation::into_itself;
  return std::nullopt;
}

bool planner::is_above_target(file_id directory) {
  if (!above_target_) above_target_ = directories_above_target();
  return std::find(above_target_->begin(), above_target_->end(), directory) != above_target_->end();
}

// With the target itself. Where the way up is barred, the copy itself still looks out for its
// target.
std::vector<file_id> planner::directories_above_target() {
  std::vector<file_id> found{plan_.target_id};
  descriptor above;
  for (int from = plan_.target.get();; from = above.get()) {
    const auto opened = uninterrupted([&] { return fs_.open({from, ".."}, target_flags); });
    if (!opened) return found;
    above = descriptor(fs_, *opened);
    const auto status = fs_.status(*opened);
    if (!status || id_of(*status) == found.back()) return found;  // The root is its own parent.
    found.push_back(id_of(*status));
  }
}

}  // namespace copytree
