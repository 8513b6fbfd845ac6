// Lists of names that end in a NUL byte each, as find -print0 writes them.
#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "countips/input/failure.h"
#include "countips/input/source.h"
#include "par/base/expected.h"

namespace countips {

struct name_list {
  std::vector<std::string> names;
  std::vector<input_failure> failures;  // Empty names, each by its place: "list:3".
};

// Reads a file, or standard input for "-". The last name may lack its NUL.
[[nodiscard]] par::expected<name_list, failure> read_name_list(const std::string& path,
                                                               file_system& files,
                                                               const std::atomic<bool>& stop);

}  // namespace countips
