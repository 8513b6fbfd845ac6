// Whether a symbolic link of the source stands for itself or for what it leads to.
#pragma once

#include "copytree/run/context.h"
#include "copytree/system/fs.h"

namespace copytree {

// What the user named, against what was found below it.
[[nodiscard]] inline bool is_operand(const leaf& entry) {
  return entry.in->holds_operands();
}

[[nodiscard]] inline bool follows(const context& run, const leaf& entry) {
  if (run.how.follow == follow_links::operands) return is_operand(entry);
  return run.how.follow == follow_links::always;
}

[[nodiscard]] inline os_result<file_status> source_status(context& run, const leaf& entry) {
  return follows(run, entry) ? run.fs.status_following(entry.from())
                             : run.fs.status_at(entry.from());
}

[[nodiscard]] inline os_result<int> open_to_read(context& run, const leaf& entry, int flags) {
  return uninterrupted([&] {
    return follows(run, entry) ? run.fs.open_following(entry.from(), flags)
                               : run.fs.open(entry.from(), flags);
  });
}

}  // namespace copytree
