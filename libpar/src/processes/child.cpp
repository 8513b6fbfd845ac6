#include "child.h"

#include <cxxabi.h>
#include <poll.h>
#include <sched.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <string>
#include <typeinfo>

#include "par/pools/thread.h"
#include "poll_files.h"
#include "system_call.h"

namespace par::inline PAR_ABI::detail {
namespace {

constexpr int status_of_exception = 1;
// The parent reads it only after the end, so it must fit into the socket's buffer.
constexpr std::size_t longest_text = 16384;

std::string type_of_current_exception() {
  const std::type_info* const type = abi::__cxa_current_exception_type();
  if (type == nullptr) return "an exception of no C++ type";
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> name(
      abi::__cxa_demangle(type->name(), nullptr, nullptr, &status), &std::free);
  return name != nullptr ? name.get() : type->name();
}

std::string text_of_current_exception() {
  try {
    throw;
  } catch (const std::exception& error) {
    const char* const text = error.what();
    return text != nullptr ? text : "";
  } catch (...) {
    return "no std::exception";
  }
}

void unblock_signals() noexcept {
  sigset_t none;
  static_cast<void>(sigemptyset(&none));
  static_cast<void>(sigprocmask(SIG_SETMASK, &none, nullptr));
}

void run_on(const std::vector<int>& cpus) {
  if (cpus.empty()) return;
  cpu_set_t set;
  CPU_ZERO(&set);
  for (const int each : cpus) CPU_SET(static_cast<std::size_t>(each), &set);
  checked(sched_setaffinity(0, sizeof set, &set), "run on the processors asked for");
}

[[noreturn]] void die() noexcept {
  static_cast<void>(std::raise(SIGKILL));
  std::abort();
}

// Not PR_SET_PDEATHSIG, which kills when the thread that started it ends, whatever the process
// does, and knows of no parent but the one that forked.
void end_with(descriptor parent) {
  const thread_options options = {.name = "parent watch", .daemon = true};
  thread(options, [parent = std::move(parent)] {
    pollfd file{.fd = parent.get(), .events = POLLIN, .revents = 0};
    static_cast<void>(poll_files({&file, 1}, deadline::never(), {}));
    die();
  }).detach();
}

int run_body(child_start start, unique_function<int()> body, connection& errors) noexcept {
  try {
    become(std::move(start.identity));
    run_on(start.cpus);
    if (start.parent) end_with(std::move(start.parent));
    return body();
  } catch (...) {
    tell_current_exception(errors);
    return status_of_exception;
  }
}

}  // namespace

void tell_current_exception(connection& errors) noexcept {
  try {
    std::string type = type_of_current_exception();
    std::string text = text_of_current_exception();
    if (type.size() > longest_text) type.resize(longest_text);
    if (text.size() > longest_text) text.resize(longest_text);
    errors.send(std::pair(std::move(type), std::move(text)));
  } catch (...) {  // Nobody to tell: the parent has gone. NOLINT(bugprone-empty-catch)
  }
}

void run_child(child_start start, unique_function<int()> body, connection& errors) noexcept {
  unblock_signals();
  const int status = run_body(std::move(start), std::move(body), errors);
  flush_standard_streams();
  _exit(status);
}

void flush_standard_streams() noexcept {
  static_cast<void>(std::fflush(stdout));
  static_cast<void>(std::fflush(stderr));
}

std::pair<std::string, std::string> current_thrown() {
  return {type_of_current_exception(), text_of_current_exception()};
}

}  // namespace par::inline PAR_ABI::detail
