// Logs made of everything that real ones have been seen to hold.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace countips {

// About so many lines: good ones, empty and torn ones, binary requests, users with blanks, lists of
// proxies, addresses in several spellings, wrong times, CRLF; now and then a long one. Now and then
// a few bytes of a line are damaged, or NUL stands for them. The last line may lack its end. The
// same seed gives the same.
[[nodiscard]] std::string make_nasty_log(std::size_t lines, std::uint64_t seed);

}  // namespace countips
