// What is written to a descriptor, kept for a test.
#pragma once

#include <string>

#include "support/spawn.h"

namespace cli {

// A file without a name, to write into and read back.
class capture {
 public:
  capture();

  [[nodiscard]] int descriptor() const noexcept { return file_.get(); }
  [[nodiscard]] std::string text() const;

 private:
  support::unique_fd file_;
};

}  // namespace cli
