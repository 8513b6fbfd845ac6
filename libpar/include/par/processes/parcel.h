// What travels from one process to another: bytes, and open files beside them.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <vector>

#include "par/processes/descriptor.h"

namespace par::inline PAR_ABI {

struct parcel {
  std::vector<std::byte> bytes;
  std::vector<descriptor> descriptors;
};

// Bytes that are no value of the type asked for: too few, too many, or sizes that cannot be.
class codec_error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace par::inline PAR_ABI
