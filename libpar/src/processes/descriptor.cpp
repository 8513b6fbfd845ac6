#include "par/processes/descriptor.h"

#include <fcntl.h>
#include <unistd.h>

#include "system_call.h"

namespace par::inline PAR_ABI {

void descriptor::reset(int number) noexcept {
  if (number_ >= 0) ::close(number_);
  number_ = number;
}

descriptor descriptor::duplicate() const {
  return descriptor(
      detail::checked(::fcntl(number_, F_DUPFD_CLOEXEC, 0), "duplicate a descriptor"));
}

}  // namespace par::inline PAR_ABI
