// Cases in which copytree under the name cp must do what GNU cp does.
//
// They run as root too, with a cp that may be wrong: no line may name anything outside its own
// directory as a destination, not even /dev/null. Devices are made on the spot.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace cp_cases {

struct cp_case {
  const char* setup;        // Shell commands that make the files, in an empty directory.
  const char* line;         // The shell command with cp in it.
  const char* gap = "";     // Why ours differs; the test fails once it does not.
  bool needs_root = false;  // Both would only fail to begin.
};

// One table a subject.
extern const std::span<const cp_case> usage;
extern const std::span<const cp_case> words;
extern const std::span<const cp_case> operands;
extern const std::span<const cp_case> directories;
extern const std::span<const cp_case> existing;
extern const std::span<const cp_case> same_file;
extern const std::span<const cp_case> links;
extern const std::span<const cp_case> backups;
extern const std::span<const cp_case> updates;
extern const std::span<const cp_case> attributes;
extern const std::span<const cp_case> content;

}  // namespace cp_cases
