// The lines of files that are still written to, as they come: what tail -F gives.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "countips/input/failure.h"
#include "countips/input/growing_file.h"
#include "countips/input/source.h"

namespace countips {

// From the beginning of each file. A file that is renamed is read on until there is another one
// under its old name, and a last time when the one after that comes; a file that is truncated is
// read from its beginning again; one that does not exist may come later. A file that is read
// already is never read under another name too, and names of files put aside (access.log.1) only
// stand for what was there first. Not thread-safe; the file system must outlive it.
class follower {
 public:
  follower(std::vector<std::string> paths, file_system& files, std::size_t longest_line);

  struct piece {
    std::size_t input = 0;     // The place of its path.
    std::string_view text;     // Whole lines, but for the last line of a file that goes no further.
    bool begins_file = false;  // It is the first of another file than the pieces before.
  };

  // Some of what has come, valid until the next call; nothing if all has been given.
  [[nodiscard]] std::optional<piece> next();

  // The lines that have no end, one after the other, when no more is wanted.
  [[nodiscard]] std::optional<piece> next_rest();

  // Waits until there may be more. While one of the inputs is a pipe, not for long.
  void wait(std::chrono::milliseconds longest);

  // True if all inputs were pipes, or failed, and nothing more will come.
  [[nodiscard]] bool ended() const;

  // The first of each path. That a file does not exist is one as long as it does not.
  [[nodiscard]] std::vector<input_failure> failures() const;

 private:
  struct open_file {
    file_id id;
    std::unique_ptr<growing_file> lines;
  };

  // A path with the file that it stands for, and the one before.
  struct followed {
    std::string path;
    open_file current = {};
    open_file previous = {};
    std::string left = {};  // What was left of the one before that, when it was closed.
    bool had_file = false;  // Once.
    bool is_new = false;    // Nothing of the current file has been given, but of others before.
    std::optional<failure> failed = {};
    std::optional<failure> missing = {};
  };

  [[nodiscard]] std::optional<piece> next_of(std::size_t input);
  [[nodiscard]] std::optional<std::string_view> lines_of(growing_file* file, followed& one);
  [[nodiscard]] bool open_another(followed& one);
  [[nodiscard]] bool is_due(const followed& one, const file_info& info) const;
  [[nodiscard]] bool open(followed& one, const file_info& info);
  void close(followed& one, open_file file);

  file_system& files_;
  const std::size_t longest_line_;
  std::vector<followed> all_;
  std::size_t turn_ = 0;     // Whose lines come next.
  std::set<file_id> known_;  // Those that are open: their numbers may be given to others later.
  std::string left_;         // What the last call has given of it.
  std::unique_ptr<change_watch> watch_;
};

}  // namespace countips
