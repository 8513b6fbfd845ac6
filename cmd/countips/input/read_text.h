// The whole content of a small file.
#pragma once

#include <atomic>
#include <cstddef>
#include <string>

#include "countips/input/failure.h"
#include "countips/input/source.h"
#include "par/base/expected.h"

namespace countips {

// As it is, of a file or, for "-", of standard input. One of more than `most` bytes cannot be read:
// EFBIG. /dev/zero has no end.
[[nodiscard]] par::expected<std::string, failure> read_text(const std::string& path,
                                                            file_system& files, std::size_t most,
                                                            const std::atomic<bool>& stop);

}  // namespace countips
