// Which of two files has been changed later.
#pragma once

#include <algorithm>
#include <cstdint>
#include <tuple>

#include "copytree/system/fs.h"

namespace copytree {

// The step, in nanoseconds, in which a file system keeps times, as far as one file of it shows: the
// largest power of ten that divides all of them, at most a second.
[[nodiscard]] inline std::int64_t time_step(const file_status& of) {
  constexpr std::int64_t second = 1'000'000'000;
  std::int64_t step = second;
  for (const timespec& time : {of.st_atim, of.st_mtim, of.st_ctim}) {
    while (time.tv_nsec % step != 0) step /= 10;
  }
  return step;
}

// Whether the source is newer than its copy. Where the copy is given the source's time (`kept`), it
// may have lost the digits that its file system does not keep.
[[nodiscard]] inline bool is_newer(const file_status& source, const file_status& copy, bool kept) {
  timespec time = source.st_mtim;
  if (kept) time.tv_nsec -= time.tv_nsec % time_step(copy);
  return std::tie(time.tv_sec, time.tv_nsec) > std::tie(copy.st_mtim.tv_sec, copy.st_mtim.tv_nsec);
}

}  // namespace copytree
