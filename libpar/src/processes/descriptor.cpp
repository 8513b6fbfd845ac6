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

descriptor detail::behind_standard_streams(descriptor file) {
  if (!file || file.get() >= standard_streams) return file;
  return descriptor(checked(::fcntl(file.get(), F_DUPFD_CLOEXEC, standard_streams),
                            "find a number behind the standard streams"));
}

}  // namespace par::inline PAR_ABI
