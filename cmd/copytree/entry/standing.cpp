#include "copytree/entry/standing.h"

#include <optional>
#include <string_view>
#include <utility>

#include "copytree/entry/backup.h"
#include "copytree/entry/newer.h"
#include "copytree/entry/same_file.h"
#include "copytree/entry/sink.h"
#include "copytree/model/operand_name.h"
#include "copytree/run/dereference.h"
#include "copytree/system/directory_reader.h"

namespace copytree {

namespace {

class clearing {
 public:
  clearing(context& run, const leaf& entry, const file_status& source)
      : run_(run), entry_(entry), source_(source), change_(way_to_change(run.how)) {}

  clearance result();

 private:
  using answer = std::optional<clearance>;  // Nothing: go on.

  [[nodiscard]] clearance refuse(operation why, std::errc reason = {}) const;

  answer look();
  answer look_behind_link();
  [[nodiscard]] bool looks_behind_links() const;

  [[nodiscard]] answer leave_if_same() const;
  [[nodiscard]] answer leave_if_unwanted() const;
  [[nodiscard]] bool may_overwrite() const;
  [[nodiscard]] bool was_just_made() const;
  [[nodiscard]] answer leave_if_forbidden() const;
  [[nodiscard]] clearance get_past_directory() const;
  [[nodiscard]] answer set_aside() const;
  [[nodiscard]] answer remove_if_needed() const;
  [[nodiscard]] bool has_to_go() const;
  [[nodiscard]] answer remove() const;
  [[nodiscard]] clearance change() const;

  context& run_;
  const leaf& entry_;
  const file_status& source_;
  const existing change_;
  standing there_ = {};
  bool is_sink_ = false;
};

clearance clearing::refuse(operation why, std::errc reason) const {
  fail(run_, why, entry_, reason);
  return {.to = way::refused};
}

clearance clearing::result() {
  if (auto done = look()) return *done;
  if (run_.how.new_only) return refuse(operation::already_exists);
  if (auto done = leave_if_same()) return *done;
  if (auto done = leave_if_unwanted()) return *done;
  if (auto done = leave_if_forbidden()) return *done;
  if (run_.how.dry_run) return {.to = way::replace};
  if (auto done = set_aside()) return *done;
  if (auto done = remove_if_needed()) return *done;
  return change();
}

// Nothing is followed where what stands there will go anyway.
bool clearing::looks_behind_links() const {
  return change_ != existing::replace && change_ != existing::remove &&
         run_.how.keep_backup == backup::none && run_.how.instead == substitute::none &&
         (S_ISREG(source_.st_mode) || (run_.how.special_contents && !S_ISLNK(source_.st_mode)));
}

clearing::answer clearing::look() {
  if (!entry_.in->has_destination()) return clearance{.to = way::free};
  const auto there = run_.fs.status_at(entry_.to());
  if (!there && there.error() == std::errc::no_such_file_or_directory) {
    if (run_.how.dry_run && was_just_made()) return refuse(operation::just_created);
    return clearance{.to = way::free};
  }
  if (!there) return refuse(operation::stat_destination, there.error());
  there_.status = *there;
  if (const auto sink = look_for_sink(run_, entry_, source_, there_.status)) {
    there_ = *sink;
    is_sink_ = true;
    return std::nullopt;
  }
  if (S_ISLNK(there->st_mode) && looks_behind_links()) return look_behind_link();
  return std::nullopt;
}

clearing::answer clearing::look_behind_link() {
  const auto target = run_.fs.status_following(entry_.to());
  if (!target && target.error() == std::errc::no_such_file_or_directory) {
    if (run_.how.follow_dangling_links) return clearance{.to = way::write_through};
    begun(run_, entry_);
    return refuse(operation::through_dangling_link);
  }
  if (!target && target.error() == std::errc::too_many_symbolic_link_levels &&
      change_ == existing::force) {
    return run_.how.dry_run ? clearance{.to = way::replace} : remove();
  }
  if (!target) return refuse(operation::stat_destination, target.error());
  there_ = {.status = *target, .behind_link = true};
  return std::nullopt;
}

// A new file that takes the name does no harm to the old one, which keeps its other names.
clearing::answer clearing::leave_if_same() const {
  if (run_.how.when_existing == existing::keep) return std::nullopt;
  switch (compare(run_, entry_, source_, there_)) {
    case sameness::different:
      return std::nullopt;
    case sameness::already_copied:
      return clearance{.to = way::passed_over};
    case sameness::same:
      break;
  }
  return refuse(operation::same_file);
}

clearing::answer clearing::leave_if_unwanted() const {
  if (run_.how.only == update::older &&
      !is_newer(source_, there_.status, run_.how.preserve.times)) {
    return clearance{.to = way::counts};
  }
  if (run_.how.when_existing == existing::keep) return clearance{.to = way::passed_over};
  if (run_.how.when_existing == existing::refuse) return refuse(operation::not_replacing);
  if (run_.how.when_existing == existing::ask && !run_.how.dry_run && !may_overwrite()) {
    return clearance{.to = way::passed_over};
  }
  return std::nullopt;
}

bool clearing::may_overwrite() const {
  constexpr mode_t permissions = 07777;
  question about{.destination = entry_.in->path()->destination_path(entry_.name),
                 .unwritable = {},
                 .removes = change_ != existing::overwrite};
  if (!S_ISLNK(there_.status.st_mode) && !run_.fs.may_write(entry_.to())) {
    about.unwritable = there_.status.st_mode & permissions;
  }
  return run_.events.may_overwrite(about);
}

bool clearing::was_just_made() const {
  return is_operand(entry_) && run_.made.contains(entry_.in->destination_id(), entry_.name);
}

clearance clearing::get_past_directory() const {
  if (run_.how.dry_run && run_.in_the_way.is_removed(entry_.in.get(), entry_.name)) {
    return {.to = way::free};
  }
  if (!is_operand(entry_) &&
      run_.in_the_way.put_off({entry_.in, entry_.name, entry_type(source_.st_mode)})) {
    return {.to = way::put_off};
  }
  return refuse(operation::other_over_directory);
}

clearing::answer clearing::leave_if_forbidden() const {
  if (S_ISDIR(there_.status.st_mode)) return get_past_directory();
  if (!was_just_made()) return std::nullopt;
  if (there_.behind_link) return refuse(operation::through_new_link);
  if (run_.how.keep_backup == backup::numbered) return std::nullopt;
  return refuse(operation::just_created);
}

clearing::answer clearing::set_aside() const {
  const options& how = run_.how;
  const std::string_view name = entry_.source;
  if (how.keep_backup == backup::none) return std::nullopt;
  if (how.keep_backup != backup::numbered &&
      is_backup_of(run_.fs, name_of(name), source_, entry_.to(), how.backup_suffix)) {
    return refuse(operation::source_is_backup);
  }
  auto moved = copytree::set_aside(run_.fs, entry_.to(), how.keep_backup, how.backup_suffix);
  if (moved) return clearance{.to = way::free, .backup = std::move(*moved)};
  if (moved.error() == std::errc::no_such_file_or_directory) return clearance{.to = way::free};
  return refuse(operation::set_aside, moved.error());
}

// Besides what the user wants removed: a file whose other names are to keep their content, and
// whatever something that is no regular file cannot be written into.
bool clearing::has_to_go() const {
  if (change_ == existing::replace) return false;
  if (change_ == existing::remove) return true;
  if (run_.how.attributes_only) return false;
  return (run_.how.preserve.links && there_.status.st_nlink > 1) ||
         (!follows(run_, entry_) && !S_ISREG(source_.st_mode));
}

clearing::answer clearing::remove_if_needed() const {
  return has_to_go() ? answer(remove()) : std::nullopt;
}

clearing::answer clearing::remove() const {
  const auto removed = run_.fs.remove(entry_.to());
  if (!removed && removed.error() != std::errc::no_such_file_or_directory) {
    return refuse(operation::remove_destination, removed.error());
  }
  tell_removed(run_, entry_);
  return clearance{.to = way::free};
}

// What cannot be written into is made as if nothing stood there: that it cannot be is then the
// error to report.
clearance clearing::change() const {
  if (is_sink_ && run_.how.atomic) return refuse(operation::not_replacing);
  if (is_sink_) {
    return {.to = way::overwrite,
            .found = id_of(there_.status),
            .behind_link = there_.behind_link,
            .is_sink = true};
  }
  if (change_ == existing::replace) return {.to = way::replace};
  if (run_.how.instead != substitute::none) {
    const bool removes = change_ == existing::force || (run_.how.instead == substitute::hard_link &&
                                                        run_.how.when_existing == existing::ask);
    return {.to = removes ? way::replace : way::free};
  }
  const bool has_content = S_ISREG(source_.st_mode) || run_.how.special_contents;
  if (S_ISLNK(source_.st_mode) || !has_content) return {.to = way::free};
  return {.to = way::overwrite, .found = id_of(there_.status), .behind_link = there_.behind_link};
}

}  // namespace

clearance clear_way(context& run, const leaf& entry, const file_status& source) {
  return clearing(run, entry, source).result();
}

}  // namespace copytree
