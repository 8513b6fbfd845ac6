// A directory of the source beside its copy, both open, to be compared.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "copytree/run/context.h"
#include "copytree/selection/ignore_rules.h"
#include "copytree/system/descriptor.h"

namespace copytree {

// Shared by all that is still to be done in it; once it is, only `changed` changes. When the last
// lets go, a copy from which something was removed gets its times back, if times are copied at all.
struct mirrored_directory {
  explicit mirrored_directory(context& of) : run(of) {}
  mirrored_directory(const mirrored_directory&) = delete;
  mirrored_directory& operator=(const mirrored_directory&) = delete;
  ~mirrored_directory();

  context& run;
  std::string source_path;  // For messages.
  std::string path;
  std::string below;  // Below the operand, for the filter.
  descriptor source;
  descriptor destination;
  dev_t device = 0;                           // Of the source.
  file_times before = {};                     // Of the copy.
  std::shared_ptr<const ignore_rules> rules;  // That apply in it.
  std::atomic<bool> changed{false};           // Something was removed from the copy.
};

}  // namespace copytree
