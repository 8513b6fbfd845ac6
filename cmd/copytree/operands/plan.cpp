#include "copytree/operands/plan.h"

#include <fcntl.h>

#include <utility>

#include "copytree/entry/backup.h"
#include "copytree/entry/standing.h"
#include "copytree/model/operand_name.h"
#include "copytree/operands/planner.h"
#include "copytree/system/tree_path.h"

namespace copytree {

namespace {

par::unexpected<error> refused_with(error why) {
  return par::unexpected<error>(std::move(why));
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

bool is_link(file_system& fs, const std::string& path) {
  const std::string name(without_trailing_slashes(path));
  const auto status = fs.status_at({AT_FDCWD, name.c_str()});
  return status && S_ISLNK(status->st_mode);
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
      is_directory && there && destination.ends_with('/') && is_link(fs, destination);
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
  const plan in_target = made.take();
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
    return refused_with({is_directory ? operation::open_target_directory : operation::open_target,
                         opened.error(), "", destination});
  }
  if (is_backup_of_itself(fs, request, how)) return plan_own_backup(fs, destination, how);
  return plan_under_name(fs, how, request.sources.front(), destination);
}

par::expected<plan, error> plan_backup(file_system& fs, const std::string& source) {
  const options how;
  const auto path = fs.real_path(source);
  if (!path) return refused_with({operation::stat_source, path.error(), source, ""});
  if (*path == "/") return refused_with({operation::backup_of_root, {}, source, ""});
  const std::string destination = *path + "[backup]";
  planner made(fs, how);
  if (const auto opened = made.open_target(parent_of(*path)); !opened) {
    return refused_with({operation::open_target, opened.error(), *path, parent_of(*path)});
  }
  made.add(*path, name_of(destination));
  plan result = made.take();
  const auto there = fs.status_at({result.target.get(), name_of(destination).c_str()});
  if (there) return refused_with({operation::already_exists, {}, *path, destination});
  return result;
}

}  // namespace copytree
