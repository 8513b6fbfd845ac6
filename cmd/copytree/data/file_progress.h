// How far the copy of one file's content has come.
#pragma once

#include <cstdint>

#include "copytree/model/counters.h"

namespace copytree {

// Adds to `under_way` as the copy goes, and takes that back when it goes: by then the file counts
// as dealt with, or is begun anew. One thread.
class file_progress {
 public:
  explicit file_progress(counters& counts)
      : under_way_(counts.elsewhere != nullptr ? counts.elsewhere->under_way : counts.under_way),
        moved_(counts.elsewhere != nullptr ? counts.elsewhere->bytes_moved
                                           : counts.copied.bytes_moved) {}
  file_progress(const file_progress&) = delete;
  file_progress& operator=(const file_progress&) = delete;
  ~file_progress() { under_way_.fetch_sub(done_, std::memory_order_relaxed); }

  // Bytes that were read and written.
  void moved(std::uint64_t bytes) {
    add(moved_, bytes);
    passed(bytes);
  }

  // Bytes that had not to be: of holes, or shared with the source.
  void passed(std::uint64_t bytes) {
    add(under_way_, bytes);
    done_ += bytes;
  }

 private:
  counter& under_way_;
  counter& moved_;
  std::uint64_t done_ = 0;
};

}  // namespace copytree
