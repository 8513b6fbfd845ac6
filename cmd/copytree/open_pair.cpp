#include "copytree/open_pair.h"

#include <fcntl.h>

#include <optional>
#include <utility>

namespace copytree {

namespace {

constexpr int directory_flags = O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_NOCTTY;

struct opened_source {
  descriptor file;
  file_status status;
};

struct opened_destination {
  descriptor file;  // None in a dry run that would make it.
  bool is_new = false;
  file_id id = {};
  std::optional<owner> owner_of_new = {};
};

bool is_operand(const leaf& entry) {
  return entry.in->path()->parent() == nullptr;
}

std::optional<opened_source> open_source(context& run, const leaf& entry) {
  const auto opened = uninterrupted([&] { return run.fs.open(entry.from(), directory_flags); });
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
  return result;
}

// Whether a directory has to be made there; nothing if it must not.
std::optional<bool> is_missing(context& run, const leaf& entry) {
  if (!entry.in->has_destination()) return true;
  const auto there = run.fs.status_at(entry.to());
  if (!there && there.error() == std::errc::no_such_file_or_directory) return true;
  if (!there) {
    fail(run, operation::stat_destination, entry, there.error());
    return std::nullopt;
  }
  if (run.how.new_only || !S_ISDIR(there->st_mode)) {
    fail(run, run.how.new_only ? operation::already_exists : operation::directory_over_other,
         entry);
    return std::nullopt;
  }
  return false;
}

// Makes the directory or finds that it is there; true if it is new.
std::optional<bool> make(context& run, const leaf& entry) {
  if (run.how.dry_run) return is_missing(run, entry);
  const auto made = run.fs.make_directory(entry.to(), 0700);
  if (made) return true;
  if (made.error() == std::errc::file_exists) return is_missing(run, entry);
  fail(run, operation::create_directory, entry, made.error());
  return std::nullopt;
}

std::optional<opened_destination> open_destination(context& run, const leaf& entry,
                                                   file_id source) {
  const std::optional<bool> is_new = make(run, entry);
  if (!is_new) return std::nullopt;
  opened_destination result{.file = {}, .is_new = *is_new};
  if (run.how.dry_run && *is_new) return result;

  const auto opened = uninterrupted([&] { return run.fs.open(entry.to(), directory_flags); });
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
  if (result.id == source) {
    fail(run, operation::same_file, entry);
    return std::nullopt;
  }
  // What is made in a new directory gets the owner that the directory itself got, whatever the
  // rules of the mount (setgid, grpid, squashed users); in an older one, nobody knows.
  if (*is_new) result.owner_of_new = owner_of(*status);
  return result;
}

}  // namespace

std::shared_ptr<open_directory> open_pair(context& run, found_directory& found) {
  const leaf entry{found.parent, found.source.c_str(), found.name.c_str()};
  const auto held = hold_directory(run, entry);
  if (!held) return nullptr;
  auto source = open_source(run, entry);
  if (!source) return nullptr;
  auto destination = open_destination(run, entry, id_of(source->status));
  if (!destination) return nullptr;
  if (destination->is_new && run.how.list_entries) {
    run.events.copied(entry.in->path()->source_path(entry.source),
                      entry.in->path()->destination_path(entry.name));
  }
  const file_id job_root = is_operand(entry) ? destination->id : entry.in->job_root();
  return std::make_shared<open_directory>(
      run, open_directory::parts{
               .path = std::make_shared<tree_path>(entry.in->path(), found.source, found.name),
               .parent = found.parent,
               .source = std::move(source->file),
               .destination = std::move(destination->file),
               .status = source->status,
               .destination_id = destination->id,
               .job_root = job_root,
               .owner_of_new = destination->owner_of_new,
               .methods = &run.methods.between(source->status.st_dev, destination->id.device),
               .place = found.place ? std::move(found.place) : run.budget.take_room()});
}

}  // namespace copytree
