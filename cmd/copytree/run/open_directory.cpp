#include "copytree/run/open_directory.h"

#include <fcntl.h>

#include <algorithm>
#include <utility>

#include "copytree/run/context.h"
#include "copytree/system/release_chain.h"
#include "copytree/system/reopen_directory.h"
#include "par/locks/lock_guard.h"

namespace copytree {

namespace {

constexpr int directory_flags = O_RDONLY | O_NONBLOCK | O_NOCTTY;

}  // namespace

open_directory::open_directory(context& run, parts made)
    : run_(run), parts_(std::move(made)), has_destination_(parts_.destination) {}

open_directory::~open_directory() {
  if (parts_.parent == nullptr) return;  // The place that the operands go to: not ours to change.
  if (!parts_.is_lent && !run_.stopped())
    finish();  // Interrupted, it is not complete and stays private.
  parts_.source = {};
  parts_.destination = {};
  release_in_turn(std::move(parts_.parent));
}

void open_directory::finish() {
  if (parts_.was_there) return;
  add(run_.counts.copied.directories);
  if (!parts_.is_parent) run_.counts.settled.add_entry();  // A parent is not a source.
  if (run_.how.dry_run) return;
  const auto held = keep_open();
  if (!held) {
    return run_.fail({.what = operation::open_destination_directory,
                      .reason = held.error(),
                      .source = path()->source_path(),
                      .destination = path()->destination_path()});
  }
  for (const attribute_error& error :
       set_attributes({run_.fs, source()}, parts_.status, {run_.fs, destination()}, parts_.state,
                      run_.rules, *parts_.methods)) {
    run_.fail({.what = error.what,
               .reason = error.reason,
               .source = path()->source_path(),
               .destination = path()->destination_path(),
               .attribute = error.name});
  }
  sync_directory();
}

void open_directory::sync_directory() {
  if (!run_.disk.syncs_each(destination_id().device)) return;
  if (const auto synced = run_.fs.sync(destination()); !synced) {
    run_.fail({.what = operation::sync,
               .reason = synced.error(),
               .source = path()->source_path(),
               .destination = path()->destination_path()});
  }
}

// The lock is held while it is opened: whoever else needs it would have to wait for that anyway.
// Locks are only ever taken upwards from there, for a moment.
os_result<open_directory::hold> open_directory::keep_open() {
  if (stays_open()) return hold();
  const par::lock_guard lock(guard_);
  if (!parts_.source) {
    if (auto opened = reopen(); !opened) return par::unexpected<std::errc>(opened.error());
  }
  ++holders_;
  return hold(this);
}

void open_directory::let_go() {
  const par::lock_guard lock(guard_);
  if (--holders_ > 0) return;
  parts_.source = {};
  parts_.destination = {};
}

std::optional<open_directory::hold> open_directory::hold_if_open() {
  if (stays_open()) return hold();
  const par::lock_guard lock(guard_);
  if (!parts_.source) return std::nullopt;
  ++holders_;
  return hold(this);
}

os_result<void> open_directory::reopen() {
  way_down to_source{.from = -1, .names = {}, .wanted = source_id()};
  way_down to_destination{.from = -1, .names = {}, .wanted = destination_id()};
  std::optional<hold> held;
  open_directory* above = this;
  for (; !held; held = above->hold_if_open()) {
    to_source.names.push_back(above->path()->source_name().c_str());
    to_destination.names.push_back(above->path()->name().c_str());
    above = above->parts_.parent.get();
  }
  std::ranges::reverse(to_source.names);
  std::ranges::reverse(to_destination.names);
  to_source.from = above->source();
  to_destination.from = above->destination();
  to_source.follow = run_.how.follow != follow_links::never;

  auto source = reopen_directory(run_.fs, to_source, directory_flags);
  if (!source) return par::unexpected<std::errc>(source.error());
  if (has_destination_) {
    auto destination = reopen_directory(run_.fs, to_destination, directory_flags);
    if (!destination) return par::unexpected<std::errc>(destination.error());
    parts_.destination = std::move(*destination);
  }
  parts_.source = std::move(*source);
  return {};
}

}  // namespace copytree
