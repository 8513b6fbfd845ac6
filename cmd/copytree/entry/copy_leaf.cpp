#include "copytree/entry/copy_leaf.h"

#include <fcntl.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>
#include <variant>

#include "copytree/data/copy_data.h"
#include "copytree/entry/make_leaf.h"
#include "copytree/entry/place.h"
#include "copytree/entry/settle.h"
#include "copytree/entry/unchanged.h"
#include "copytree/run/dereference.h"
#include "copytree/system/reopen_directory.h"

namespace copytree {

namespace {

// A directory that may have been done with, open again; `held` or `reopened` keeps it so.
struct regained {
  std::shared_ptr<open_directory> directory;
  open_directory::hold held;
  descriptor reopened;

  [[nodiscard]] int get() const {
    return directory != nullptr ? directory->destination() : reopened.get();
  }
};

// Walks down from the target of the copy.
os_result<descriptor> reopen(context& run, const link_source& link) {
  way_down way{.from = run.target->destination(), .names = {}, .wanted = link.directory_id};
  for (const tree_path* step = link.path.get(); step->parent() != nullptr; step = step->parent()) {
    way.names.push_back(step->name().c_str());
  }
  std::ranges::reverse(way.names);
  return reopen_directory(run.fs, way, O_PATH);
}

os_result<regained> regain(context& run, const link_source& link) {
  regained result;
  result.directory = link.directory.lock();
  if (result.directory != nullptr) {
    auto held = result.directory->keep_open();
    if (!held) return par::unexpected<std::errc>(held.error());
    result.held = std::move(*held);
    return result;
  }
  auto reopened = reopen(run, link);
  if (!reopened) return par::unexpected<std::errc>(reopened.error());
  result.reopened = std::move(*reopened);
  return result;
}

// For update::same. To rename one name of a file to another would do nothing, and leave both.
bool is_linked_already(context& run, const leaf& entry, const link_source& link) {
  if (run.how.only != update::same) return false;
  const auto directory = regain(run, link);
  return directory && pass_over_linked(run, entry, {directory->get(), link.name.c_str()});
}

// Whether the name is one of the file already, as after an earlier copy.
bool is_linked(context& run, const leaf& entry, at existing) {
  const auto copy = run.fs.status_at(existing);
  const auto there = run.fs.status_at(entry.to());
  return copy && there && id_of(*copy) == id_of(*there);
}

made pretend_link(context& run, const leaf& entry, const file_status& source) {
  const clearance cleared = clear_way(run, entry, source);
  if (!is_made(cleared)) return unmade(cleared);
  done(run, run.counts.copied.hard_links, entry);
  return made::yes;
}

made fail_link(context& run, const leaf& entry, operation what, std::errc reason = {}) {
  fail(run, what, entry, reason);
  return made::no;
}

// What stands there gives way to the link however it would have given way to a copy.
bool replace_by_link(context& run, const leaf& entry, placement& placed, placement::maker make) {
  if (const auto made = placed.make_replacement(make); !made) {
    fail(run, operation::create_hard_link, entry, made.error());
  }
  if (!placed.empty() && way_to_change(run.how) != existing::replace) tell_removed(run, entry);
  return !placed.empty();
}

made link_leaf(context& run, const leaf& entry, const link_source& link,
               const file_status& source) {
  if (is_linked_already(run, entry, link)) return made::counts;
  if (run.how.dry_run) return pretend_link(run, entry, source);
  const auto directory = regain(run, link);
  if (!directory) return fail_link(run, entry, operation::create_hard_link, directory.error());
  const at existing = {.directory = directory->get(), .name = link.name.c_str()};
  const auto make = [&](at where) { return run.fs.make_link(existing, where); };
  placement placed(run.fs, entry.to());
  const clearance cleared = place(run, entry, source, placed, operation::create_hard_link, make);
  if (cleared.to == way::refused || cleared.to == way::passed_over || cleared.to == way::put_off) {
    return unmade(cleared);
  }
  if (cleared.is_sink) return fail_link(run, entry, operation::not_replacing);
  if (!is_made(cleared)) {
    if (is_linked(run, entry, existing)) return made::counts;
    if (!replace_by_link(run, entry, placed, make)) return made::no;
  }
  if (const auto committed = placed.commit(); !committed) {
    return fail_link(run, entry, operation::replace, committed.error());
  }
  done(run, run.counts.copied.hard_links, entry, cleared.backup);
  return made::yes;
}

// Links that are followed lead to a file any number of times, and a mirror comes back to the names
// that had something in their way.
std::uint64_t names_to_expect(const context& run, const leaf& entry, const file_status& source) {
  if (follows(run, entry) || run.how.mirror) return std::numeric_limits<std::uint64_t>::max();
  return source.st_nlink;
}

bool may_have_other_names(const context& run, const leaf& entry, const file_status& source) {
  if (!run.how.preserve.links || run.how.instead == substitute::hard_link) return false;
  return source.st_nlink > 1 || follows(run, entry);
}

leaf leaf_of(const waiting_link& other) {
  return {other.directory, other.source.c_str(), other.name.c_str()};
}

enum class treated { dealt_with, left_for_later };

treated treated_as(made result) {
  return result == made::put_off ? treated::left_for_later : treated::dealt_with;
}

// One of several names of a file: the first to come copies it.
treated copy_once(context& run, const leaf& entry, const source_leaf& source, unsigned char type) {
  const file_id id = id_of(source.status);
  const auto verdict = run.links.claim(
      id, names_to_expect(run, entry, source.status),
      {.directory = entry.in, .source = entry.source, .name = entry.name, .type = type});
  if (std::holds_alternative<hard_links::was_kept>(verdict)) return treated::left_for_later;
  if (const auto* link = std::get_if<link_source>(&verdict)) {
    return treated_as(link_leaf(run, entry, *link, source.status));
  }

  const bool is_there =
      run.how.only == update::same && pass_over_unchanged(run, entry, source.status);
  const made result = is_there ? made::counts : make_leaf(run, entry, source);
  if (result == made::no || result == made::put_off) {
    for (const waiting_link& other : run.links.fail(id)) {
      if (const auto held = hold_directory(run, leaf_of(other))) {
        copy_leaf(run, leaf_of(other), other.type, [] {});
      }
    }
    return treated_as(result);
  }
  const link_source copy = {.path = entry.in->path(),
                            .directory = entry.in,
                            .directory_id = entry.in->destination_id(),
                            .name = entry.name};
  for (const waiting_link& other : run.links.complete(id, copy)) {
    const auto held = hold_directory(run, leaf_of(other));
    const made linked = held ? link_leaf(run, leaf_of(other), copy, source.status) : made::no;
    if (treated_as(linked) == treated::dealt_with) settle(run, source.status);
  }
  return treated::dealt_with;
}

treated treat(context& run, const leaf& entry, const source_leaf& source, unsigned char type) {
  const bool has_others = may_have_other_names(run, entry, source.status);
  if (has_others && run.left != nullptr) {
    run.left->leave(entry.in, entry.name, type, left_entries::reason::for_owner);
    return treated::left_for_later;
  }
  if (has_others) return copy_once(run, entry, source, type);
  return treated_as(make_leaf(run, entry, source));
}

// Nothing else should have to wait for a very long file.
bool is_left(context& run, const leaf& entry, const source_leaf& source, unsigned char type) {
  const auto size = static_cast<std::uint64_t>(source.status.st_size);
  if (run.left == nullptr || !source.file || !run.left->goes_alone(size)) return false;
  run.left->leave(entry.in, entry.name, type, left_entries::reason::by_itself);
  return true;
}

}  // namespace

void copy_leaf(context& run, const leaf& entry, unsigned char type,
               par::function_ref<void()> before_long_copy) {
  if (run.stopped()) return;
  if (run.how.only == update::same && pass_over_unchanged(run, entry, type)) return;
  const auto source = look_at_source(run, entry, type);
  if (!source) return settle_unopened(run, entry, type);
  if (is_left(run, entry, *source, type)) return;
  if (source->file && source->status.st_size > static_cast<off_t>(long_file)) before_long_copy();
  if (treat(run, entry, *source, type) == treated::dealt_with) settle(run, source->status);
}

}  // namespace copytree
