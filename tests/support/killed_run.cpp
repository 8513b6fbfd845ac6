#include "support/killed_run.h"

#include <fcntl.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <system_error>

namespace support {

namespace {

constexpr int may_not_trace = 77;

// Between fork and exec: nothing but system calls.
[[noreturn]] void become(char* const* argv, const char* directory) {
  const int nowhere = ::open("/dev/null", O_RDWR);
  if (nowhere == -1 || ::dup2(nowhere, 1) == -1 || ::dup2(nowhere, 2) == -1 ||
      ::chdir(directory) == -1 || ::setpgid(0, 0) == -1 ||
      ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == -1) {
    ::_exit(may_not_trace);
  }
  ::raise(SIGSTOP);
  ::execv(argv[0], argv);
  ::_exit(may_not_trace + 1);
}

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

// What a stopped thread is to get when it goes on: a signal that was meant for it, or none.
int signal_to_pass(int status) {
  const int number = WSTOPSIG(status);
  const bool is_ours = number == SIGSTOP || number == SIGTRAP || number == (SIGTRAP | 0x80);
  return is_ours ? 0 : number;
}

killed_run trace(pid_t child, std::size_t after_steps) {
  killed_run result;
  while (true) {
    int status = 0;
    const pid_t thread = ::waitpid(-child, &status, __WALL);
    if (thread == -1 && errno == ECHILD) return result;
    if (thread == -1) fail("waitpid");
    if (!WIFSTOPPED(status)) {
      if (thread == child) result.killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
      continue;
    }
    if (WSTOPSIG(status) == (SIGTRAP | 0x80) && ++result.steps == after_steps) {
      ::kill(child, SIGKILL);
    }
    // Fails of a thread that has been killed meanwhile.
    ::ptrace(PTRACE_SYSCALL, thread, nullptr, signal_to_pass(status));
  }
}

}  // namespace

std::optional<killed_run> run_and_kill(const std::vector<std::string>& argv,
                                       const std::string& directory, std::size_t after_steps) {
  std::vector<std::string> words = argv;
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  const pid_t child = ::fork();
  if (child == -1) fail("fork");
  if (child == 0) become(pointers.data(), directory.c_str());
  int status = 0;
  if (::waitpid(child, &status, 0) == -1) fail("waitpid");
  if (WIFEXITED(status)) return std::nullopt;
  constexpr long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL;
  if (::ptrace(PTRACE_SETOPTIONS, child, nullptr, options) == -1 ||
      ::ptrace(PTRACE_SYSCALL, child, nullptr, 0) == -1) {
    fail("ptrace");
  }
  return trace(child, after_steps);
}

}  // namespace support
