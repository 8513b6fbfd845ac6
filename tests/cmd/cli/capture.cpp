#include "cmd/cli/capture.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace cli {

capture::capture() : file_(::memfd_create("capture", MFD_CLOEXEC)) {
  if (file_.get() < 0) throw std::system_error(errno, std::generic_category(), "memfd_create");
}

std::string capture::text() const {
  std::string text(static_cast<std::size_t>(::lseek(file_.get(), 0, SEEK_END)), '\0');
  const ssize_t got = ::pread(file_.get(), text.data(), text.size(), 0);
  text.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  return text;
}

}  // namespace cli
