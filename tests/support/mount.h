// File systems that are mounted for one test.
#pragma once

#include <filesystem>
#include <string>

namespace support {

// From the first call on this process and its children have a mount namespace of their own, from
// which no mount gets out and with which all end. An errno where that cannot be had, 0 otherwise.
[[nodiscard]] int own_mounts();

// Seen by this process and its children only, as by own_mounts(); unmounted with its scope, even
// while in use.
class mount {
 public:
  struct what {
    std::string type;          // "tmpfs"
    std::string options = {};  // "size=1m"
    std::string source = "none";
  };

  mount(const std::filesystem::path& where, const what& how);
  ~mount();

  mount(const mount&) = delete;
  mount& operator=(const mount&) = delete;

  // Why it could not be mounted: an errno; 0 if it is.
  [[nodiscard]] int problem() const { return problem_; }

  void make_read_only() const;  // Throws std::system_error.

 private:
  const std::filesystem::path where_;
  int problem_ = 0;
};

}  // namespace support

// Leaves a test out where it may not mount.
#define SKIP_UNLESS_MOUNTED(made)                                                          \
  if ((made).problem() != 0) {                                                             \
    GTEST_SKIP() << "cannot mount: " << std::generic_category().message((made).problem()); \
  }                                                                                        \
  static_assert(true)
