// An open file that closes itself.
#pragma once

#include <utility>

#include "copytree/system/fs.h"

namespace copytree {

// Owns one descriptor, or none. AT_FDCWD can be held too and is never closed.
class descriptor {
 public:
  descriptor() = default;
  descriptor(file_system& fs, int file) : fs_(&fs), file_(file) {}
  descriptor(descriptor&& other) noexcept
      : fs_(other.fs_), file_(std::exchange(other.file_, none)) {}
  descriptor& operator=(descriptor&& other) noexcept {
    std::swap(fs_, other.fs_);
    std::swap(file_, other.file_);
    return *this;
  }
  ~descriptor() { static_cast<void>(close()); }

  [[nodiscard]] int get() const { return file_; }
  [[nodiscard]] explicit operator bool() const { return file_ != none; }

  // Where the result matters: some file systems report a failed write only here.
  os_result<void> close() {
    const int file = std::exchange(file_, none);
    if (file < 0) return {};
    return fs_->close(file);
  }

 private:
  static constexpr int none = -1;

  file_system* fs_ = nullptr;
  int file_ = none;
};

}  // namespace copytree
