// Reads copies back from the disk and compares them with what was read from the source.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "copytree/model/checksum.h"
#include "copytree/system/descriptor.h"
#include "copytree/system/fs.h"
#include "copytree/system/tree_path.h"
#include "par/locks/mutex.h"

namespace copytree {

struct context;

// A copy that is complete, still open for reading.
struct written_file {
  descriptor file;
  std::uint64_t size = 0;
  checksum sum;  // Of the source.
  dev_t device = 0;
  std::optional<file_times> times;  // Reading must not change them.
  std::shared_ptr<const tree_path> directory;
  std::string source;
  std::string name;
};

// To put one small file on disk takes as long as to put hundreds there, so files are collected
// until there are enough of them, or enough data; then whoever has brought the last puts them on
// disk, has the kernel forget what it has in memory, and reads them back. A file that differs is an
// error and gets the date 1970-01-01, so that no later run takes it for a good copy. Thread-safe.
class verifier {
 public:
  // At most so many files are open at a time, beside those being compared.
  explicit verifier(std::size_t most_files);

  void add(context& run, written_file next);

  // What is still left; when nobody else is at work.
  void finish(context& run);

 private:
  const std::size_t most_files_;
  par::mutex guard_;
  std::vector<written_file> waiting_ PAR_GUARDED_BY(guard_);
  std::uint64_t bytes_ PAR_GUARDED_BY(guard_) = 0;
};

}  // namespace copytree
