// Making sure that the descriptors 0, 1 and 2 are taken.
#pragma once

namespace cli {

// If a shell closed one (>&-), the first file that a command opens would take its number and
// receive what is meant for the user. Closed ones are opened such that using them fails: reading
// from standard input and writing to the others give EBADF, as if still closed.
void occupy_standard_streams() noexcept;

}  // namespace cli
