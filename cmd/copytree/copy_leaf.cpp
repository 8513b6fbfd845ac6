#include "copytree/copy_leaf.h"

#include <fcntl.h>

#include <utility>
#include <variant>
#include <vector>

#include "copytree/copy_data.h"
#include "copytree/make_leaf.h"
#include "copytree/settle.h"

namespace copytree {

namespace {

// A directory that may have been closed, open again; `held` or `reopened` keeps it so.
struct regained {
  std::shared_ptr<open_directory> held;
  descriptor reopened;

  [[nodiscard]] int get() const { return held != nullptr ? held->destination() : reopened.get(); }
};

// Walks down from the target of the copy, one name after another, following no links; that it is
// the same directory as before is checked at the end.
os_result<descriptor> reopen(context& run, const link_source& link) {
  constexpr int flags = O_PATH | O_DIRECTORY;
  std::vector<const tree_path*> steps;
  for (const tree_path* step = link.path.get(); step->parent() != nullptr; step = step->parent()) {
    steps.push_back(step);
  }
  descriptor reached;
  int from = run.target->destination();
  for (; !steps.empty(); steps.pop_back()) {
    const at next = {.directory = from, .name = steps.back()->name().c_str()};
    const auto opened = uninterrupted([&] { return run.fs.open(next, flags); });
    if (!opened) return par::unexpected<std::errc>(opened.error());
    reached = descriptor(run.fs, *opened);
    from = *opened;
  }
  const auto status = run.fs.status(from);
  if (!status) return par::unexpected<std::errc>(status.error());
  if (id_of(*status) != link.directory_id) {
    return par::unexpected<std::errc>(std::errc::no_such_file_or_directory);
  }
  return reached;
}

os_result<regained> regain(context& run, const link_source& link) {
  regained result;
  result.held = link.directory.lock();
  if (result.held != nullptr) return result;
  auto reopened = reopen(run, link);
  if (!reopened) return par::unexpected<std::errc>(reopened.error());
  result.reopened = std::move(*reopened);
  return result;
}

void link_leaf(context& run, const leaf& entry, const link_source& link, file_id source) {
  if (run.how.dry_run) {
    if (will_replace(run, entry, source)) done(run, run.counts.copied.hard_links, entry);
    return;
  }
  const auto directory = regain(run, link);
  if (!directory) return fail(run, operation::create_hard_link, entry, directory.error());
  const at existing = {.directory = directory->get(), .name = link.name.c_str()};
  placement placed(run.fs, entry.to());
  const auto make = [&](at where) { return run.fs.make_link(existing, where); };
  if (!place(run, entry, source, placed, operation::create_hard_link, make)) return;
  if (const auto committed = placed.commit(); !committed) {
    return fail(run, operation::replace, entry, committed.error());
  }
  done(run, run.counts.copied.hard_links, entry);
}

enum class treated { dealt_with, left_to_another };

// One of several names of a file: the first to come copies it.
treated copy_once(context& run, const leaf& entry, const source_leaf& source, unsigned char type) {
  const file_id id = id_of(source.status);
  const auto verdict = run.links.claim(
      id, source.status.st_nlink,
      {.directory = entry.in, .source = entry.source, .name = entry.name, .type = type});
  if (std::holds_alternative<hard_links::was_kept>(verdict)) return treated::left_to_another;
  if (const auto* link = std::get_if<link_source>(&verdict)) {
    link_leaf(run, entry, *link, id);
    return treated::dealt_with;
  }

  if (!make_leaf(run, entry, source)) {
    for (const waiting_link& other : run.links.fail(id)) {
      copy_leaf(run, {other.directory, other.source.c_str(), other.name.c_str()}, other.type,
                [] {});
    }
    return treated::dealt_with;
  }
  const link_source copy = {.path = entry.in->path(),
                            .directory = entry.in,
                            .directory_id = entry.in->destination_id(),
                            .name = entry.name};
  for (const waiting_link& other : run.links.complete(id, copy)) {
    link_leaf(run, {other.directory, other.source.c_str(), other.name.c_str()}, copy, id);
    settle(run, source.status);
  }
  return treated::dealt_with;
}

treated treat(context& run, const leaf& entry, const source_leaf& source, unsigned char type) {
  if (source.status.st_nlink > 1) return copy_once(run, entry, source, type);
  static_cast<void>(make_leaf(run, entry, source));
  return treated::dealt_with;
}

}  // namespace

void copy_leaf(context& run, const leaf& entry, unsigned char type,
               par::function_ref<void()> before_long_copy) {
  if (run.stopped()) return;
  const auto source = look_at_source(run, entry, type);
  if (!source) return settle_unopened(run, entry, type);
  if (source->file && source->status.st_size > static_cast<off_t>(long_file)) before_long_copy();
  if (treat(run, entry, *source, type) == treated::dealt_with) settle(run, source->status);
}

}  // namespace copytree
