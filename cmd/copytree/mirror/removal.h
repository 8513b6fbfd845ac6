// What may be removed from a destination, and what never.
#pragma once

#include <atomic>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "copytree/operands/plan.h"
#include "copytree/run/context.h"
#include "copytree/system/fs.h"

namespace copytree {

// One for all of a copy. Thread-safe, as long as nobody changes it.
class removal {
 public:
  // Notes where the sources lie, so that none of them is removed, should they lie in what is
  // copied to.
  removal(context& run, const std::vector<job>& jobs);

  // Nothing more is to be removed: what the source has is not known any longer.
  void give_up() { given_up_.store(true, std::memory_order_relaxed); }
  [[nodiscard]] bool may_go_on() const {
    return !run_.stopped() && !given_up_.load(std::memory_order_relaxed);
  }

  // Names that are not to be removed whatever the source has: those of backups, if they are made.
  [[nodiscard]] bool is_backup(std::string_view name) const;

  // Removes, counts and lists what is no directory, or an empty one; in a dry run only the latter
  // two. False if it is still there, which has been reported then. Paths are for messages; that of
  // a file is given in two parts, as few are told of.
  bool remove_file(at where, const std::string& directory, std::string_view name);
  bool remove_directory(at where, const std::string& path);

  // Whether it is a source, or above one, which is reported.
  [[nodiscard]] bool holds_source(const file_status& directory, const std::string& path);

  void fail(operation what, const std::string& path, std::errc reason = {});

  [[nodiscard]] context& run() const { return run_; }

 private:
  void note_sources(const std::vector<job>& jobs);
  void note_directories_from(descriptor directory);
  [[nodiscard]] bool is_source_file(at where) const;
  template <class Path>
  bool removed(const os_result<void>& result, Path path);

  context& run_;
  std::atomic<bool> given_up_{false};
  std::set<file_id> directories_;  // The sources and all that lie above.
  std::set<file_id> files_;
};

}  // namespace copytree
