// The seam to the operating system: all that countips reads comes through here. Tests put sources
// of their own in its place, to make every call fail.
#pragma once

#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "par/base/expected.h"

namespace countips {

template <class T>
using or_errno = par::expected<T, int>;

// The same for all names of a file, and for no other file.
struct file_id {
  std::uint64_t device = 0;
  std::uint64_t number = 0;

  friend auto operator<=>(const file_id&, const file_id&) = default;
};

struct file_info {
  enum class kind { regular, directory, other };
  kind is = kind::other;
  std::uint64_t size = 0;  // Of a regular file, in bytes.
  file_id id = {};
};

// An open input. The calls are those of the system: they may be interrupted (EINTR) and may give
// less than was asked for; 0 bytes are the end.
class source {
 public:
  virtual ~source() = default;

  // How many bytes there are, if they can be read in any order; otherwise nullopt, and only read
  // may be called. A regular file of no size may have content all the same (those of /proc do), so
  // it counts among the others.
  [[nodiscard]] virtual std::optional<std::uint64_t> size() const = 0;

  // Thread-safe; does not move what read gives next.
  [[nodiscard]] virtual or_errno<std::size_t> read_at(std::uint64_t offset,
                                                      std::span<char> into) = 0;

  [[nodiscard]] virtual or_errno<std::size_t> read(std::span<char> into) = 0;

  // What the open file is by now, whatever has become of its name.
  [[nodiscard]] virtual or_errno<file_info> look() = 0;

  // True if read would not block: there is something, or the end. False when the time is up or the
  // wait was interrupted.
  [[nodiscard]] virtual bool wait_readable(std::chrono::milliseconds longest) = 0;
};

// Tells when files may have changed. Not thread-safe.
class change_watch {
 public:
  virtual ~change_watch() = default;

  // Returns when one of the files may have changed since the last call, come or gone, when the wait
  // was interrupted, and when the time is up: not every file system tells.
  virtual void wait(std::chrono::milliseconds longest) = 0;
};

// Thread-safe.
class file_system {
 public:
  virtual ~file_system() = default;

  // Symbolic links are followed.
  [[nodiscard]] virtual or_errno<file_info> look_up(const std::string& path) = 0;

  // The names of a directory's entries, without . and .., in any order.
  [[nodiscard]] virtual or_errno<std::vector<std::string>> list(const std::string& path) = 0;

  [[nodiscard]] virtual or_errno<std::unique_ptr<source>> open(const std::string& path) = 0;
  [[nodiscard]] virtual or_errno<std::unique_ptr<source>> open_standard_input() = 0;

  // Of files that need not exist yet.
  [[nodiscard]] virtual std::unique_ptr<change_watch> watch(
      const std::vector<std::string>& paths) = 0;
};

// The real one.
[[nodiscard]] file_system& system_files();

}  // namespace countips
