// How far the copy of one file's content has come.
#pragma once

#include <cstdint>

#include "copytree/model/counters.h"

namespace copytree {

// Adds to `under_way` as the copy goes, and takes that back when it goes: by then the file counts
// as dealt with, or is begun anew. One thread.
class file_progress {
 public:
  explicit file_progress(counters& counts) : counts_(counts) {}
  file_progress(const file_progress&) = delete;
  file_progress& operator=(const file_progress&) = delete;
  ~file_progress() { counts_.under_way.fetch_sub(done_, std::memory_order_relaxed); }

  // Bytes that were read and written.
  void moved(std::uint64_t bytes) {
    add(counts_.copied.bytes_moved, bytes);
    passed(bytes);
  }

  // Bytes that had not to be: of holes, or shared with the source.
  void passed(std::uint64_t bytes) {
    add(counts_.under_way, bytes);
    done_ += bytes;
  }

 private:
  counters& counts_;
  std::uint64_t done_ = 0;
};

}  // namespace copytree
