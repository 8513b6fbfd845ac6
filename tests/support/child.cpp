#include "support/child.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <stdexcept>
#include <system_error>

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

void collect(unique_fd& from, std::string& into) {
  std::array<char, 65536> buffer{};
  const ssize_t got = ::read(from.get(), buffer.data(), buffer.size());
  if (got > 0) into.append(buffer.data(), static_cast<std::size_t>(got));
  if (got == 0 || (got < 0 && errno != EINTR)) from.reset();
}

}  // namespace

child::child(const std::vector<std::string>& argv, const child_options& options)
    : until_(clock::now() + std::chrono::minutes(1)) {
  pipe_ends out = make_pipe();
  pipe_ends err = make_pipe();
  id_ = spawn({.argv = argv,
               .directory = options.directory,
               .environment = options.environment,
               .descriptors = {{.target = 0, .open = "/dev/null"},
                               {.target = 1, .from = out.write.get()},
                               {.target = 2, .from = err.write.get()}},
               .ignored_signals = options.ignored_signals});
  out_.pipe = std::move(out.read);
  err_.pipe = std::move(err.read);
}

child::~child() {
  if (id_ < 0) return;
  ::kill(-id_, SIGKILL);
  ::waitpid(id_, nullptr, 0);
}

void child::send_signal(int number) const {
  if (::kill(id_, number) != 0) throw std::system_error(errno, std::generic_category(), "kill");
}

std::string child::next_err_line() {
  const std::string& all = wait_for(err_, "\n", err_lines_end_);
  const std::size_t begin = err_lines_end_;
  err_lines_end_ = all.find('\n', begin) + 1;
  return all.substr(begin, err_lines_end_ - begin);
}

const std::string& child::wait_for(stream& from, std::string_view text, std::size_t after) {
  while (from.received.find(text, after) == std::string::npos) {
    pollfd ready{from.pipe.get(), POLLIN, 0};
    const bool open = from.pipe.get() >= 0;
    if (!open || (::poll(&ready, 1, 1000) == 0 && clock::now() >= until_)) {
      throw std::runtime_error("waited for '" + std::string(text) + "', got: " + from.received);
    }
    if (ready.revents != 0) collect(from.pipe, from.received);
  }
  return from.received;
}

void child::wait_for_end() const {
  const unique_fd process(static_cast<int>(::syscall(SYS_pidfd_open, id_, 0)));
  if (process.get() < 0) throw std::system_error(errno, std::generic_category(), "pidfd_open");
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until_ - clock::now());
  pollfd ended{process.get(), POLLIN, 0};
  if (::poll(&ended, 1, static_cast<int>(left.count())) != 1) throw std::runtime_error("no end");
}

void child::read_some() {
  // poll skips negative descriptors: those that are closed.
  std::array<pollfd, 2> ready{{{out_.pipe.get(), POLLIN, 0}, {err_.pipe.get(), POLLIN, 0}}};
  if (::poll(ready.data(), ready.size(), 1000) == 0 && clock::now() >= until_) {
    throw std::runtime_error("no end; so far on stderr: " + err_.received);
  }
  if (ready[0].revents != 0) collect(out_.pipe, out_.received);
  if (ready[1].revents != 0) collect(err_.pipe, err_.received);
}

child_result child::finish() {
  while (out_.pipe.get() >= 0 || err_.pipe.get() >= 0) read_some();
  int how = 0;
  ::waitpid(id_, &how, 0);
  id_ = -1;
  child_result result{.out = out_.received, .err = err_.received};
  if (WIFEXITED(how)) result.status = WEXITSTATUS(how);
  if (WIFSIGNALED(how)) result.signal = WTERMSIG(how);
  return result;
}

}  // namespace support
