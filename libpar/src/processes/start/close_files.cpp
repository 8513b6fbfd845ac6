#include "start/close_files.h"

#include <dirent.h>
#include <unistd.h>

#include <charconv>
#include <cstring>
#include <limits>
#include <memory>
#include <vector>

#include "system_call.h"

namespace par::inline PAR_ABI::detail {
namespace {

constexpr int first = 3;

// Where the kernel or a filter of system calls does not have close_range().
void close_one_by_one(int but) {
  std::vector<int> open;
  {
    const std::unique_ptr<DIR, int (*)(DIR*)> all(::opendir("/proc/self/fd"), &::closedir);
    checked(all == nullptr ? -1 : 0, "list open files");
    while (const dirent* const each = ::readdir(all.get())) {
      int number = -1;
      const char* const name = static_cast<const char*>(each->d_name);
      std::from_chars(name, name + std::strlen(name), number);
      if (number >= first && number != but) open.push_back(number);
    }
  }
  for (const int each : open) ::close(each);
}

bool close_all_between(int from, int to) {
  return from > to || ::close_range(static_cast<unsigned>(from), static_cast<unsigned>(to), 0) == 0;
}

}  // namespace

void close_files_but(int number) {
  constexpr int last = std::numeric_limits<int>::max();
  const bool closed =
      number < first ? close_all_between(first, last)
                     : close_all_between(first, number - 1) && close_all_between(number + 1, last);
  if (!closed) close_one_by_one(number);
}

}  // namespace par::inline PAR_ABI::detail
