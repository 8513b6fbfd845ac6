#include "start/preparation.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <charconv>
#include <span>
#include <stdexcept>
#include <string_view>

#include "par/processes/connection.h"
#include "par/processes/start_method.h"
#include "start/fork_server.h"
#include "start/instructions.h"
#include "start/launch.h"
#include "system_call.h"

namespace par::inline PAR_ABI {
namespace detail {
namespace {

#if defined(__SANITIZE_THREAD__)
constexpr nlink_t threads_of_sanitizers = 1;
#elif defined(__has_feature)
constexpr nlink_t threads_of_sanitizers = __has_feature(thread_sanitizer) ? 1 : 0;
#else
constexpr nlink_t threads_of_sanitizers = 0;
#endif

// A directory has a link to itself, one in its parent and one in each directory that it holds.
// Without /proc nothing is known.
bool other_threads_run() {
  struct stat tasks{};
  return ::stat("/proc/self/task", &tasks) == 0 && tasks.st_nlink > 2 + 1 + threads_of_sanitizers;
}

bool is_socket(int number) {
  struct stat file{};
  return ::fstat(number, &file) == 0 && S_ISSOCK(file.st_mode);
}

[[noreturn]] void refuse_option() {
  throw std::invalid_argument("prepare_processes: " + std::string(child_option) +
                              " is only for processes that libpar starts");
}

[[noreturn]] void be_spawned(std::string_view option) {
  const std::string_view text = option.substr(child_option.size());
  int number = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !is_socket(number)) {
    refuse_option();
  }
  checked(::fcntl(number, F_SETFD, FD_CLOEXEC), "keep the parent's socket");
  connection parent{descriptor(number)};
  try {
    run_instructed(std::move(parent));
  } catch (const codec_error&) {
    refuse_option();
  }
}

}  // namespace

preparation& this_preparation() noexcept {
  static preparation mine;
  return mine;
}

const preparation& require_preparation() {
  if (this_preparation().done) return this_preparation();
  throw std::logic_error(
      "process: forkserver and spawn need par::prepare_processes(argc, argv) first thing in main; "
      "par::process::fork() does not");
}

}  // namespace detail

void prepare_processes(int argc, char** argv) {
  const std::span arguments(argv, static_cast<std::size_t>(argc));
  detail::preparation& own = detail::this_preparation();
  if (own.done) throw std::logic_error("prepare_processes: called twice");
  if (detail::other_threads_run()) {
    throw std::logic_error("prepare_processes: other threads run already");
  }
  own.program = arguments.empty() ? "" : arguments[0];
  if (arguments.size() == 2 && std::string_view(arguments[1]).starts_with(detail::child_option)) {
    detail::be_spawned(arguments[1]);
  }
  own.requests = detail::start_fork_server();
  own.done = true;
}

}  // namespace par::inline PAR_ABI
