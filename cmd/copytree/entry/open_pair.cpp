#include "copytree/entry/open_pair.h"

#include <dirent.h>
#include <fcntl.h>

#include <optional>
#include <utility>

#include "copytree/attributes/acl.h"
#include "copytree/attributes/copy_mode.h"
#include "copytree/run/dereference.h"
#include "copytree/run/entry_filter.h"

namespace copytree {

namespace {

constexpr int directory_flags = O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_NOCTTY;
constexpr mode_t all_bits = 07777;

struct opened_source {
  descriptor file;
  file_status status;
};

struct opened_destination {
  descriptor file;  // None in a dry run that would make it.
  copy_state state = {};
  file_id id = {};
  bool gives_default_list = false;
};

// Whether the directory is one of those that lead to it: a link to one of them has been followed.
bool is_cyclic(const leaf& entry, file_id id) {
  for (const open_directory* above = entry.in.get(); above->parent() != nullptr;
       above = above->parent()) {
    if (above->source_id() == id) return true;
  }
  return false;
}

std::optional<opened_source> open_source(context& run, const leaf& entry) {
  const auto opened = open_to_read(run, entry, directory_flags);
  if (!opened) {
    fail(run, operation::open_source_directory, entry, opened.error());
    return std::nullopt;
  }
  opened_source result{.file = descriptor(run.fs, *opened), .status = {}};
  const auto status = run.fs.status(result.file.get());
  if (!status) {
    fail(run, operation::stat_source, entry, status.error());
    return std::nullopt;
  }
  result.status = *status;
  // Reached through another mount, the copy can lie in its own source where no path shows it.
  const file_id id = id_of(result.status);
  if (id == run.target->destination_id() || (!is_operand(entry) && id == entry.in->job_root())) {
    fail(run, operation::into_itself, entry);
    return std::nullopt;
  }
  if (run.how.follow == follow_links::always && is_cyclic(entry, id)) {
    fail(run, operation::cyclic_link, entry);
    return std::nullopt;
  }
  return result;
}

bool is_link_to_directory(context& run, const leaf& entry, const file_status& there) {
  if (!S_ISLNK(there.st_mode)) return false;
  const auto target = run.fs.status_following(entry.to());
  return target && S_ISDIR(target->st_mode);
}

// Whether a directory has to be made there; nothing if it must not, or not yet.
std::optional<bool> is_missing(context& run, const leaf& entry, bool& put_off) {
  if (!entry.in->has_destination()) return true;
  const auto there = run.fs.status_at(entry.to());
  if (!there && there.error() == std::errc::no_such_file_or_directory) return true;
  if (!there) {
    fail(run, operation::stat_destination, entry, there.error());
    return std::nullopt;
  }
  const bool may_enter = S_ISDIR(there->st_mode) || (run.how.follow_destination_directories &&
                                                     is_link_to_directory(run, entry, *there));
  const bool may_be_removed = !run.how.new_only && !may_enter && !is_operand(entry);
  if (may_be_removed && run.how.dry_run && run.in_the_way.is_removed(entry.in.get(), entry.name)) {
    return true;
  }
  if (may_be_removed && run.in_the_way.put_off({entry.in, entry.name, DT_DIR})) {
    put_off = true;
    return std::nullopt;
  }
  if (run.how.new_only || !may_enter) {
    fail(run, run.how.new_only ? operation::already_exists : operation::directory_over_other,
         entry);
    return std::nullopt;
  }
  return false;
}

// Makes the directory or finds that it is there; true if it is new.
std::optional<bool> make(context& run, const leaf& entry, const file_status& source,
                         bool& put_off) {
  if (run.how.dry_run) return is_missing(run, entry, put_off);
  const mode_t mode = mode_to_make(source, entry.in->gives_default_list(), run.rules);
  const auto made = run.fs.make_directory(entry.to(), mode);
  if (made) return true;
  if (made.error() == std::errc::file_exists) return is_missing(run, entry, put_off);
  fail(run, operation::create_directory, entry, made.error());
  return std::nullopt;
}

// What a directory has inherited it loses now if it is to be as its source: its children would
// inherit in turn. True if it still passes something on.
bool shed_lists(context& run, const file_handle& directory, copy_state& state) {
  if (run.rules.wanted.mode && set_access_lists(directory, {}, true, true).empty()) return false;
  state.inherits = true;
  return true;
}

// A list can keep even its owner from working in a new directory.
void open_to_us(context& run, const leaf& entry, const opened_destination& opened) {
  const mode_t mode = *opened.state.mode;
  if ((mode & S_IRWXU) == S_IRWXU) return;
  if (const auto set = run.fs.set_mode(opened.file.get(), mode | S_IRWXU); !set) {
    fail(run, operation::set_mode, entry, set.error());
  }
}

std::optional<opened_destination> open_destination(context& run, const leaf& entry,
                                                   const file_status& source, bool& put_off) {
  const std::optional<bool> is_new = make(run, entry, source, put_off);
  if (!is_new) return std::nullopt;
  opened_destination result{.file = {}, .state = {.is_new = *is_new}};
  if (run.how.dry_run && *is_new) return result;

  const auto opened = uninterrupted([&] {
    return run.how.follow_destination_directories && !*is_new
               ? run.fs.open_following(entry.to(), directory_flags)
               : run.fs.open(entry.to(), directory_flags);
  });
  if (!opened) {
    fail(run, operation::open_destination_directory, entry, opened.error());
    return std::nullopt;
  }
  result.file = descriptor(run.fs, *opened);
  const auto status = run.fs.status(*opened);
  if (!status) {
    fail(run, operation::stat_destination, entry, status.error());
    return std::nullopt;
  }
  result.id = id_of(*status);
  if (result.id == id_of(source)) {
    fail(run, operation::same_file, entry);
    return std::nullopt;
  }
  result.state.present = owner_of(*status);
  result.state.mode = status->st_mode & all_bits;
  const file_handle directory(run.fs, *opened);
  if (!*is_new) {
    result.gives_default_list = has_default_list(directory);
  } else if (entry.in->gives_default_list()) {
    result.gives_default_list = shed_lists(run, directory, result.state);
    open_to_us(run, entry, result);
  }
  return result;
}

// Where a .gitignore cannot be read, what it may leave out is copied.
std::shared_ptr<const ignore_rules> rules_for(context& run, const leaf& entry, int source) {
  if (!run.how.gitignore) return nullptr;
  const std::string below =
      is_operand(entry) ? "" : join(path_below_operand(*entry.in), entry.source);
  auto rules = rules_in(run.fs, source, entry.in->rules(), prefix_of(below));
  if (rules) return std::move(*rules);
  run.fail({.what = operation::open_source,
            .reason = rules.error(),
            .source = join(entry.in->path()->source_path(entry.source), ".gitignore"),
            .destination = join(entry.in->path()->destination_path(entry.name), ".gitignore")});
  return entry.in->rules();
}

}  // namespace

std::shared_ptr<open_directory> open_pair(context& run, found_directory& found) {
  const leaf entry{found.parent, found.source.c_str(), found.name.c_str()};
  const auto held = hold_directory(run, entry);
  if (!held) return nullptr;
  auto source = open_source(run, entry);
  if (!source) return nullptr;
  auto destination = open_destination(run, entry, source->status, found.put_off);
  if (!destination) return nullptr;
  if (destination->state.is_new && run.how.list_entries) {
    run.events.copied(entry.in->path()->source_path(entry.source),
                      entry.in->path()->destination_path(entry.name));
  }
  if (destination->file && run.disk.wants(destination->id.device)) {
    run.disk.note(run.fs, destination->file.get(), destination->id.device,
                  entry.in->path()->destination_path(entry.name));
  }
  const bool is_elsewhere = run.how.one_file_system && !is_operand(entry) &&
                            source->status.st_dev != entry.in->status().st_dev;
  const file_id job_root = is_operand(entry) ? destination->id : entry.in->job_root();
  auto rules = rules_for(run, entry, source->file.get());
  return std::make_shared<open_directory>(
      run, open_directory::parts{
               .path = std::make_shared<tree_path>(entry.in->path(), found.source, found.name),
               .parent = found.parent,
               .source = std::move(source->file),
               .destination = std::move(destination->file),
               .status = source->status,
               .destination_id = destination->id,
               .job_root = job_root,
               .state = destination->state,
               .gives_default_list = destination->gives_default_list,
               .methods = &run.methods.between(source->status.st_dev, destination->id.device),
               .rules = std::move(rules),
               .is_elsewhere = is_elsewhere,
               .place = found.place ? std::move(found.place) : run.budget.take_room()});
}

}  // namespace copytree
