// What there is to read: the operands, with directories replaced by their files.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "countips/input/failure.h"
#include "countips/input/source.h"

namespace countips {

inline const std::string standard_input = "-";

struct input {
  std::string path;
  std::uint64_t size = 0;  // In bytes; 0 if that is not known beforehand.

  friend bool operator==(const input&, const input&) = default;
};

struct input_list {
  std::vector<input> inputs;
  std::vector<input_failure> failures;  // What could not be looked at.
};

// In the order of the operands. A directory stands for the regular files directly in it, in the
// order of rotation. A path that does not exist but has a star, a question mark or a bracket is a
// pattern, and stands for what fits it. A file that several of them lead to is an input once, by
// the first name. REQUIRES: standard input at most once.
[[nodiscard]] input_list list_inputs(const std::vector<std::string>& operands, file_system& files);

}  // namespace countips
