#include "par/processes/worker_died.h"

#include <csignal>
#include <cstring>

namespace par::inline PAR_ABI {
namespace {

std::string text_of(pid_t worker, const exit_status& status) {
  std::string text = "worker process " + std::to_string(worker);
  if (status.signal()) {
    const char* const name = ::sigabbrev_np(*status.signal());
    text += " was killed by ";
    text += name != nullptr ? "SIG" + std::string(name) : std::to_string(*status.signal());
  } else if (status.code()) {
    text += " exited with status " + std::to_string(*status.code());
  } else {
    text += " ended";
  }
  return text;
}

}  // namespace

worker_died::worker_died(pid_t worker, exit_status status)
    : std::runtime_error(text_of(worker, status)), pid_(worker), status_(status) {}

}  // namespace par::inline PAR_ABI
