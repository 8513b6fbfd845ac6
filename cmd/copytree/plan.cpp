#include "copytree/plan.h"

#include <fcntl.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "copytree/backup.h"
#include "copytree/operand_name.h"
#include "copytree/repeated_sources.h"
#include "copytree/standing.h"
#include "copytree/tree_path.h"

namespace copytree {

namespace {

constexpr int target_flags = O_PATH | O_DIRECTORY;

par::unexpected<error> refusal(error why) {
  return par::unexpected<error>(std::move(why));
}

// Puts a plan together, operand after operand.
class planner {
 public:
  planner(file_system& fs, const options& how) : fs_(fs), how_(how), repeated_(fs) {}

  os_result<void> open_target(const std::string& path);
  void add(const std::string& source, std::string name);
  void add_with_parents(const std::string& source);
  [[nodiscard]] plan take() { return std::move(plan_); }

 private:
  void add(job next, error problem);
  [[nodiscard]] os_result<file_status> status_of(const std::string& source);
  [[nodiscard]] std::optional<operation> objection(const job& next);
  [[nodiscard]] std::optional<operation> objection_to_directory(const job& next);
  [[nodiscard]] bool is_above_target(file_id directory);
  [[nodiscard]] std::vector<file_id> directories_above_target();

  file_system& fs_;
  const options& how_;
  plan plan_;
  std::map<std::string, file_id> names_;  // Of the jobs so far.
  repeated_sources repeated_;
  std::optional<std::vector<file_id>> above_target_;  // Looked up when first needed.
};

// An empty path is the current directory.
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

plan refused(error why) {
  plan nothing;
  nothing.refused.push_back(std::move(why));
  return nothing;
}

operation creation_of(const file_status& source, const options& how) {
  if (S_ISDIR(source.st_mode)) return operation::create_directory;
  if (how.instead == substitute::hard_link) return operation::create_hard_link;
  if (how.instead == substitute::symbolic_link) return operation::create_substitute_link;
  if (S_ISLNK(source.st_mode)) return operation::create_symlink;
  if (S_ISREG(source.st_mode) || how.special_contents) return operation::create_file;
  return S_ISFIFO(source.st_mode) ? operation::create_fifo : operation::create_special;
}

// The destination is no directory, or is not to be taken for one: the one source gets its name.
plan plan_under_name(file_system& fs, const options& how, const std::string& source,
                     const std::string& destination) {
  const at operand = {.directory = AT_FDCWD, .name = source.c_str()};
  const auto status =
      how.follow == follow_links::never ? fs.status_at(operand) : fs.status_following(operand);
  if (!status) return refused({operation::stat_source, status.error(), source, destination});
  const bool is_directory = S_ISDIR(status->st_mode);
  if (is_directory && !how.recursive) {
    return refused({operation::not_recursive, {}, source, destination});
  }
  // What cannot even be looked at is no name for a new file.
  const auto there = fs.status_at({AT_FDCWD, destination.c_str()});
  if (!there && there.error() != std::errc::no_such_file_or_directory) {
    return refused({operation::stat_destination, there.error(), source, destination});
  }
  const operation create = creation_of(*status, how);
  if (destination.empty()) {
    return refused({create, std::errc::no_such_file_or_directory, source, destination});
  }
  if (!is_directory && destination.ends_with('/') && !there) {
    return refused({create, std::errc::not_a_directory, source, destination});
  }
  planner made(fs, how);
  // A link with a slash behind it is the directory it leads to.
  const bool is_content =
      is_directory && there && S_ISDIR(there->st_mode) && destination.ends_with('/');
  const std::string target = is_content ? destination : parent_of(destination);
  if (const auto opened = made.open_target(target); !opened) {
    return refused({create, opened.error(), source, destination});
  }
  made.add(source, is_content ? "." : name_of(destination));
  return made.take();
}

// `cp --force --backup FILE FILE` makes a backup of the file, and nothing else.
bool is_backup_of_itself(file_system& fs, const plan_request& request, const options& how) {
  if (way_to_change(how) != existing::force || how.keep_backup == backup::none) return false;
  if (request.sources.front() != request.destination) return false;
  const auto status = fs.status_following({AT_FDCWD, request.destination.c_str()});
  return status && S_ISREG(status->st_mode);
}

plan plan_own_backup(file_system& fs, const std::string& path, const options& how) {
  planner made(fs, how);
  const std::string name = name_of(path);
  if (const auto opened = made.open_target(parent_of(path)); !opened) {
    return refused({operation::set_aside, opened.error(), path, path});
  }
  plan in_target = made.take();
  auto backup =
      backup_name(fs, {in_target.target.get(), name.c_str()}, how.keep_backup, how.backup_suffix);
  if (!backup) return refused({operation::set_aside, backup.error(), path, path});
  plan result = plan_under_name(fs, how, path, join(parent_of(path), *backup));
  result.keeps_backups = false;
  return result;
}

par::expected<plan, error> plan_into(planner& made, const plan_request& request) {
  for (const std::string& given : request.sources) {
    const std::string source(request.strip_trailing_slashes ? without_trailing_slashes(given)
                                                            : given);
    if (request.parents) {
      made.add_with_parents(source);
    } else {
      made.add(source, name_of(source));
    }
  }
  return made.take();
}

}  // namespace

par::expected<plan, error> plan_copy(file_system& fs, const plan_request& request,
                                     const options& how) {
  const std::string& destination = request.destination;
  planner made(fs, how);
  const bool is_directory = request.target == target_kind::directory;
  if (request.target == target_kind::name) {
    return plan_under_name(fs, how, request.sources.front(), destination);
  }
  const auto opened = destination.empty()
                          ? par::unexpected<std::errc>(std::errc::no_such_file_or_directory)
                          : made.open_target(destination);
  if (opened) return plan_into(made, request);
  const bool is_name = opened.error() == std::errc::no_such_file_or_directory ||
                       opened.error() == std::errc::not_a_directory ||
                       opened.error() == std::errc::too_many_symbolic_link_levels;
  if (is_directory || request.sources.size() > 1 || !is_name) {
    return refusal({is_directory ? operation::open_target_directory : operation::open_target,
                    opened.error(), "", destination});
  }
  if (is_backup_of_itself(fs, request, how)) return plan_own_backup(fs, destination, how);
  return plan_under_name(fs, how, request.sources.front(), destination);
}

par::expected<plan, error> plan_backup(file_system& fs, const std::string& source) {
  const options how;
  const auto path = fs.real_path(source);
  if (!path) return refusal({operation::stat_source, path.error(), source, ""});
  if (*path == "/") return refusal({operation::backup_of_root, {}, source, ""});
  const std::string destination = *path + "[backup]";
  planner made(fs, how);
  if (const auto opened = made.open_target(parent_of(*path)); !opened) {
    return refusal({operation::open_target, opened.error(), *path, parent_of(*path)});
  }
  made.add(*path, name_of(destination));
  plan result = made.take();
  const auto there = fs.status_at({result.target.get(), name_of(destination).c_str()});
  if (there) return refusal({operation::already_exists, {}, *path, destination});
  return result;
}

}  // namespace copytree
