#include "countips/render/failure_reason.h"

#include <fmt/core.h>

#include "cli/messages.h"

namespace countips {

std::string_view failed_attempt(failure::kind what) {
  switch (what) {
    case failure::kind::look_up:
    case failure::kind::open:
      return "open";
    case failure::kind::list:
      return "list";
    case failure::kind::read:
      return "read";
    default:
      return {};
  }
}

std::string failure_reason(const failure& why) {
  switch (why.what) {
    case failure::kind::look_up:
    case failure::kind::open:
    case failure::kind::list:
    case failure::kind::read:
      return fmt::format("cannot {}: {}", failed_attempt(why.what), cli::reason(why.error_number));
    case failure::kind::truncated:
      return "compressed data end too early; what could be read is counted";
    case failure::kind::corrupt:
      return "compressed data are damaged; what could be read is counted";
    case failure::kind::trailing:
      return "something else follows the compressed data; it is not counted";
    case failure::kind::empty_name:
      return "the name is empty";
    case failure::kind::not_a_log:
      return "is no access log: no line is a request with a client and a valid time";
    case failure::kind::no_log_in_samples:
      return "is no access log as far as was looked: no line is a request with a client and a "
             "valid time in its first 256 KiB, nor in samples of what follows";
    case failure::kind::worker_died:
      if (why.error_number == 0) return "the process that counted it ended before it was done";
      return fmt::format("the process that counted it was killed by signal {}", why.error_number);
    case failure::kind::no_worker:
      return "no process is left to count it";
    case failure::kind::no_answer:
      return "the process that counted it gave no answer that can be understood";
  }
  return {};
}

}  // namespace countips
