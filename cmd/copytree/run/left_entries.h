// What a process that copies a share leaves to the one that runs the copy.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "copytree/model/counters.h"
#include "copytree/system/fs.h"

namespace copytree {

class open_directory;

// When no more of a share is begun.
struct share_limits {
  std::uint64_t entries;          // So many have been begun,
  std::uint64_t bytes;            // or so many copied,
  std::uint64_t entries_if_idle;  // or only so many, while another process has nothing to do.
  std::uint64_t bytes_if_idle;
  std::uint64_t long_file;                   // From this size on a file is copied by itself.
  std::size_t directories;                   // No more are left incomplete at the end,
  std::size_t depth;                         // and none is entered so far below that of the share.
  const std::atomic<std::uint32_t>& shares;  // So many are under way,
  std::uint32_t processes;                   // in so many.
};

// Not thread-safe.
class left_entries {
 public:
  enum class reason : std::uint8_t {
    not_begun,  // Any process may copy it.
    by_itself,  // The same; nothing else should have to wait for it.
    for_owner,  // It takes what is known of the whole copy: other names of the file, obstacles.
  };

  struct entry {
    std::shared_ptr<open_directory> in;
    std::string name;
    unsigned char type;
    reason why;
  };

  // `alone`: the share is one file. The counters are those of the share.
  left_entries(const share_limits& limits, bool alone, const copied_counters& counts)
      : limits_(limits), alone_(alone), counts_(counts) {}

  // Whether the next entry is to be left, as all that follow. Called before each is begun; the
  // first always is.
  [[nodiscard]] bool is_enough() {
    enough_ = enough_ || has_reached_limits();
    if (!enough_) ++begun_;
    return enough_;
  }

  [[nodiscard]] bool is_too_deep(std::size_t below_share) const {
    return below_share >= limits_.depth;
  }

  [[nodiscard]] bool goes_alone(std::uint64_t size) const {
    return !alone_ && size >= limits_.long_file;
  }

  void leave(const std::shared_ptr<open_directory>& in, std::string_view name, unsigned char type,
             reason why) {
    directories_.insert(in.get());
    entries_.push_back({.in = in, .name = std::string(name), .type = type, .why = why});
  }

  // A file of several names that has been dealt with: only the owner knows which is the first.
  void settle(const file_status& file) { settled_.push_back(file); }

  [[nodiscard]] const std::vector<entry>& entries() const { return entries_; }
  [[nodiscard]] const std::vector<file_status>& settled() const { return settled_; }

 private:
  [[nodiscard]] bool has_reached_limits() const {
    if (begun_ == 0) return false;
    const std::uint64_t bytes = counts_.bytes.load(std::memory_order_relaxed);
    if (begun_ >= limits_.entries || bytes >= limits_.bytes) return true;
    if (directories_.size() >= limits_.directories) return true;
    return limits_.shares.load(std::memory_order_relaxed) < limits_.processes &&
           (begun_ >= limits_.entries_if_idle || bytes >= limits_.bytes_if_idle);
  }

  const share_limits& limits_;
  const bool alone_;
  const copied_counters& counts_;
  std::uint64_t begun_ = 0;
  bool enough_ = false;
  std::set<const open_directory*> directories_;
  std::vector<entry> entries_;
  std::vector<file_status> settled_;
};

}  // namespace copytree
