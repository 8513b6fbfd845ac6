// The order in which the files of a rotated log were written.
#pragma once

#include <string_view>

namespace countips {

// Whether the first path comes before the second: the files of one log from the oldest to the one
// that is still written to, different logs by name, in which 10 comes after 9.
//
//   access.log.10.gz  access.log.2.gz  access.log.1  access.log
//   access.log-20240101.zst  access.log-20240102  access.log
//   access-2024-01-31.log.1  access-2024-01-31.log  access-2024-02-01.log  access.log
//
// A strict weak order; only equal paths are equivalent.
[[nodiscard]] bool rotates_before(std::string_view left, std::string_view right);

// Whether the name is one that a file gets when it is put aside: it has a number, or the ending of
// a method of compression.
[[nodiscard]] bool is_put_aside(std::string_view path);

}  // namespace countips
