// Lines in a row of the common log format that differ in the address, the minute and the status
// only, as far as they are looked at.
#pragma once

#include <cstddef>

#include "countips/clients/address_run.h"
#include "countips/formats/line_splitter.h"

namespace countips {

// What stands behind the address and a blank: "- - [02/Jan/2024:03:04:05 +0100]".
constexpr std::size_t model_size = 32;

// Reads the first of the lines, as many as have an address, a blank, and then what the model has,
// but for other minutes and seconds; and, if it is wanted, a status behind the request. Returns how
// many, and leaves their addresses and statuses in the run. It may stop short of a line that is
// like the others: at a leap second, at an address or a request that is to be looked at more
// closely, or where the text ends; and always at the first if the processor lacks the vectors that
// make it pay. Thread-safe.
std::size_t read_alike(const found_lines& lines, const char* model, bool wants_status,
                       address_run& into) noexcept;

}  // namespace countips
