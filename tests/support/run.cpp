#include "support/run.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <stdexcept>
#include <string_view>
#include <system_error>

#include "support/spawn.h"

namespace support {
namespace {

using clock = std::chrono::steady_clock;

struct pipe_ends {
  unique_fd read;
  unique_fd write;
};

pipe_ends make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    throw std::system_error(errno, std::generic_category(), "pipe2");
  }
  return {unique_fd(ends[0]), unique_fd(ends[1])};
}

// Our side of a running child.
struct child {
  pid_t id = -1;
  unique_fd input;
  unique_fd out;
  unique_fd err;
  clock::time_point until;
};

child start(const std::vector<std::string>& argv, const run_options& options) {
  pipe_ends in = make_pipe();
  pipe_ends out = make_pipe();
  pipe_ends err = make_pipe();
  spawn_options how{.argv = argv,
                    .directory = options.directory,
                    .environment = options.environment,
                    .descriptors = {{.target = 0, .from = in.read.get()},
                                    {.target = 1, .from = out.write.get()},
                                    {.target = 2, .from = err.write.get()}},
                    .ignored_signals = options.ignored_signals};
  if (!options.stdin_from.empty()) how.descriptors[0] = {.target = 0, .open = options.stdin_from};
  if (!options.stdout_to.empty()) how.descriptors[1] = {.target = 1, .open = options.stdout_to};
  if (options.close_stdout) how.descriptors[1] = {.target = 1};
  // A child that does not read all of its input must not end us.
  ::signal(SIGPIPE, SIG_IGN);
  ::fcntl(in.write.get(), F_SETFL, O_NONBLOCK);
  return {.id = spawn(how),
          .input = std::move(in.write),
          .out = std::move(out.read),
          .err = std::move(err.read),
          .until = clock::now() + options.time_limit};
}

// Sends what the pipe takes; closes it at the end or when nobody reads.
void feed(unique_fd& input, std::string_view& rest) {
  const ssize_t sent = ::write(input.get(), rest.data(), rest.size());
  if (sent < 0 && (errno == EAGAIN || errno == EINTR)) return;
  rest.remove_prefix(sent < 0 ? rest.size() : static_cast<std::size_t>(sent));
  if (rest.empty()) input.reset();
}

void collect(unique_fd& from, std::string& into) {
  std::array<char, 65536> buffer{};
  const ssize_t got = ::read(from.get(), buffer.data(), buffer.size());
  if (got > 0) into.append(buffer.data(), static_cast<std::size_t>(got));
  if (got == 0 || (got < 0 && errno != EINTR)) from.reset();
}

// Kills the child's whole group and fails.
[[noreturn]] void give_up(const child& running, const run_result& so_far) {
  ::kill(-running.id, SIGKILL);
  ::waitpid(running.id, nullptr, 0);
  throw std::runtime_error("time limit passed; so far on stdout: " + so_far.out.substr(0, 2000) +
                           "\nand on stderr: " + so_far.err.substr(0, 2000));
}

int milliseconds_until(clock::time_point until) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - clock::now()).count();
  return static_cast<int>(std::max<decltype(left)>(left, 0));
}

void exchange(child& running, const run_options& options, run_result& result) {
  std::string_view rest = options.input;
  if (rest.empty()) running.input.reset();
  while (running.out.get() >= 0 || running.err.get() >= 0) {
    // poll skips negative descriptors: those that are closed.
    std::array<pollfd, 3> ready{{{running.input.get(), POLLOUT, 0},
                                 {running.out.get(), POLLIN, 0},
                                 {running.err.get(), POLLIN, 0}}};
    if (::poll(ready.data(), ready.size(), milliseconds_until(running.until)) == 0) {
      give_up(running, result);
    }
    if (ready[0].revents != 0) feed(running.input, rest);
    if (ready[1].revents != 0) collect(running.out, result.out);
    if (ready[2].revents != 0) collect(running.err, result.err);
    if (options.stdout_limit && result.out.size() >= *options.stdout_limit) running.out.reset();
  }
}

void await_end(child& running, run_result& result) {
  running.input.reset();
  const unique_fd ended(static_cast<int>(::syscall(SYS_pidfd_open, running.id, 0)));
  pollfd ready{ended.get(), POLLIN, 0};
  while (::poll(&ready, 1, milliseconds_until(running.until)) <= 0) {
    if (clock::now() >= running.until) give_up(running, result);
  }
  int how = 0;
  ::waitpid(running.id, &how, 0);
  if (WIFEXITED(how)) result.status = WEXITSTATUS(how);
  if (WIFSIGNALED(how)) result.signal = WTERMSIG(how);
}

}  // namespace

run_result run(const std::vector<std::string>& argv, const run_options& options) {
  child running = start(argv, options);
  run_result result;
  exchange(running, options, result);
  await_end(running, result);
  return result;
}

}  // namespace support
