#include "copytree/shell/process.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

namespace copytree {

process_powers prepare_process() {
  constexpr rlim_t enough = 1024 * 1024;
  constexpr rlim_t posix_least = 20;
  const mode_t umask = ::umask(S_IRWXG | S_IRWXO);
  struct rlimit limit = {.rlim_cur = posix_least, .rlim_max = posix_least};
  if (::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
    const rlim_t before = limit.rlim_cur;
    limit.rlim_cur = limit.rlim_max;
    if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) limit.rlim_cur = before;
  }
  return {.descriptors = static_cast<std::size_t>(std::min(limit.rlim_cur, enough)),
          .privileged = ::geteuid() == 0,
          .umask = umask};
}

}  // namespace copytree
