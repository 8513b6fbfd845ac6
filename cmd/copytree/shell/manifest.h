// A list of files and their sums, as xxhsum writes it and checks it.
#pragma once

#include <cstddef>
#include <cstdio>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "copytree/model/checksum.h"
#include "par/base/expected.h"
#include "par/locks/mutex.h"

namespace copytree {

// One line of it, with its newline. A name with a line break is escaped, which xxhsum understands
// since 0.8.2; all others are written as they are, which every version does.
[[nodiscard]] std::string manifest_line(const std::string& name, const checksum& sum);

// Collects the lines in any order and writes them sorted by name, byte by byte. Beyond a fixed
// amount of memory they wait in temporary files. add() is thread-safe.
class manifest {
 public:
  // `memory`: how many bytes of lines are kept at most before they go to a temporary file.
  explicit manifest(std::string path, std::size_t memory = 64 * 1024 * 1024);

  // Creates the file, empty, or empties it: that it cannot be written shows before the copy.
  par::expected<void, std::errc> open();

  void add(const std::string& name, const checksum& sum);

  // Writes the lines. The error is the first that any step met.
  par::expected<void, std::errc> finish();

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  struct closer {
    void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }
  };
  using stream = std::unique_ptr<std::FILE, closer>;

  void spill() PAR_REQUIRES(guard_);
  bool write_merged() PAR_REQUIRES(guard_);

  const std::string path_;
  const std::size_t memory_;
  par::mutex guard_;
  stream out_ PAR_GUARDED_BY(guard_);
  std::vector<std::string> lines_ PAR_GUARDED_BY(guard_);  // name NUL sum
  std::size_t used_ PAR_GUARDED_BY(guard_) = 0;
  std::vector<stream> runs_ PAR_GUARDED_BY(guard_);  // Each sorted.
  std::errc failed_ PAR_GUARDED_BY(guard_){};
};

}  // namespace copytree
