#include "copytree/plan.h"

#include <fcntl.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "copytree/tree_path.h"

namespace copytree {

namespace {

constexpr int target_flags = O_PATH | O_DIRECTORY;

std::string_view without_trailing_slashes(std::string_view path) {
  while (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
  return path;
}

// What a source is called in the directory it is copied into.
std::string name_of(std::string_view path) {
  path = without_trailing_slashes(path);
  path.remove_prefix(path.rfind('/') + 1);  // npos + 1 is 0.
  return path.empty() || path == ".." ? "." : std::string(path);
}

// The directory of a path, as far as it was given: "" for a plain name.
std::string parent_of(std::string_view path) {
  path = without_trailing_slashes(path);
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return "";
  return std::string(without_trailing_slashes(path.substr(0, slash + 1)));
}

par::unexpected<error> refusal(error why) {
  return par::unexpected<error>(std::move(why));
}

// Puts a plan together, operand after operand.
class planner {
 public:
  explicit planner(file_system& fs) : fs_(fs) {}

  os_result<void> open_target(const std::string& path);
  void add(const std::string& source, std::string name);
  [[nodiscard]] plan take() { return std::move(plan_); }

 private:
  [[nodiscard]] std::optional<operation> objection(const job& next);
  [[nodiscard]] bool is_above_target(file_id directory);
  [[nodiscard]] std::vector<file_id> directories_above_target();

  file_system& fs_;
  plan plan_;
  std::map<std::string, file_id> names_;              // Of the jobs so far.
  std::optional<std::vector<file_id>> above_target_;  // Looked up when first needed.
};

// An empty path is the current directory.
os_result<void> planner::open_target(const std::string& path) {
  const std::string& directory = path.empty() ? "." : path;
  const auto opened = uninterrupted(
      [&] { return fs_.open_following({AT_FDCWD, directory.c_str()}, target_flags); });
  if (!opened) return par::unexpected<std::errc>(opened.error());
  plan_.target = descriptor(fs_, *opened);
  plan_.target_path = path;
  const auto status = fs_.status(*opened);
  if (!status) return par::unexpected<std::errc>(status.error());
  plan_.target_id = id_of(*status);
  return {};
}

void planner::add(const std::string& source, std::string name) {
  error problem{.what = operation::stat_source,
                .source = source,
                .destination = join(plan_.target_path, name)};
  const auto status = fs_.status_at({AT_FDCWD, source.c_str()});
  if (!status) {
    problem.reason = status.error();
    plan_.refused.push_back(std::move(problem));
    return;
  }
  job next{.source = source, .name = std::move(name), .status = *status};
  if (const auto why = objection(next)) {
    problem.what = *why;
    (*why == operation::repeated_source ? plan_.notes : plan_.refused)
        .push_back(std::move(problem));
    return;
  }
  names_.emplace(next.name, id_of(next.status));
  plan_.jobs.push_back(std::move(next));
}

std::optional<operation> planner::objection(const job& next) {
  const file_id id = id_of(next.status);
  if (const auto taken = names_.find(next.name); taken != names_.end()) {
    return taken->second == id ? operation::repeated_source : operation::just_created;
  }
  if (!S_ISDIR(next.status.st_mode)) return std::nullopt;
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

// The destination is no directory: the one source gets its name.
plan plan_under_name(file_system& fs, const std::string& source, const std::string& destination) {
  const auto status = fs.status_at({AT_FDCWD, source.c_str()});
  if (!status) return refused({operation::stat_source, status.error(), source, destination});
  const bool is_directory = S_ISDIR(status->st_mode);
  const operation create = is_directory ? operation::create_directory : operation::create_file;
  if (!is_directory && destination.ends_with('/')) {
    return refused({create, std::errc::not_a_directory, source, destination});
  }
  planner made(fs);
  if (const auto opened = made.open_target(parent_of(destination)); !opened) {
    return refused({create, opened.error(), source, destination});
  }
  made.add(source, name_of(destination));
  return made.take();
}

}  // namespace

par::expected<plan, error> plan_copy(file_system& fs, const std::vector<std::string>& sources,
                                     const std::string& destination) {
  planner made(fs);
  const auto opened = destination.empty()
                          ? par::unexpected<std::errc>(std::errc::no_such_file_or_directory)
                          : made.open_target(destination);
  if (!opened) {
    const bool is_name = opened.error() == std::errc::no_such_file_or_directory ||
                         opened.error() == std::errc::not_a_directory;
    if (sources.size() == 1 && is_name && !destination.empty()) {
      return plan_under_name(fs, sources.front(), destination);
    }
    return refusal({operation::open_target, opened.error(), "", destination});
  }
  for (const std::string& source : sources) made.add(source, name_of(source));
  return made.take();
}

par::expected<plan, error> plan_backup(file_system& fs, const std::string& source) {
  const auto path = fs.real_path(source);
  if (!path) return refusal({operation::stat_source, path.error(), source, ""});
  if (*path == "/") return refusal({operation::backup_of_root, {}, source, ""});
  const std::string destination = *path + "[backup]";
  planner made(fs);
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
