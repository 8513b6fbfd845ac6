#include "support/pty.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fstream>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <utility>

namespace support {
namespace {

using clock = std::chrono::steady_clock;

void require(bool good, const char* what) {
  if (!good) throw std::system_error(errno, std::generic_category(), what);
}

unique_fd open_master() {
  unique_fd master(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
  require(master.get() >= 0, "posix_openpt");
  require(::grantpt(master.get()) == 0, "grantpt");
  require(::unlockpt(master.get()) == 0, "unlockpt");
  return master;
}

std::string name_of_slave(const unique_fd& master) {
  std::array<char, 128> name{};
  require(::ptsname_r(master.get(), name.data(), name.size()) == 0, "ptsname_r");
  return name.data();
}

// A session leader without a terminal gets the one that it opens first.
pid_t start(const std::vector<std::string>& argv, const pty_options& options,
            const std::string& slave) {
  spawn_options how{.argv = argv,
                    .directory = options.directory,
                    .environment = {"TERM=xterm"},
                    .descriptors = {{.target = 0, .open = slave},
                                    {.target = 1, .open = slave},
                                    {.target = 2, .open = slave}},
                    .new_session = true,
                    .ignored_signals = options.ignored_signals};
  for (const std::string& variable : options.environment) {
    if (variable.starts_with("TERM")) how.environment.clear();
  }
  how.environment.insert(how.environment.end(), options.environment.begin(),
                         options.environment.end());
  if (options.stdout_apart) how.descriptors[1] = {.target = 1, .open = "/dev/null"};
  return spawn(how);
}

}  // namespace

pty::pty(const std::vector<std::string>& argv, const pty_options& options)
    : master_(open_master()), until_(clock::now() + std::chrono::minutes(1)) {
  resize(options.columns, options.rows);
  child_ = start(argv, options, name_of_slave(master_));
}

pty::~pty() {
  if (ended_) return;
  ::kill(child_, SIGKILL);
  ::waitpid(child_, nullptr, 0);
}

void pty::resize(int columns, int rows) {
  winsize size{};
  size.ws_col = static_cast<unsigned short>(columns);
  size.ws_row = static_cast<unsigned short>(rows);
  require(::ioctl(master_.get(), TIOCSWINSZ, &size) == 0, "TIOCSWINSZ");
}

void pty::type(std::string_view keys) {
  const auto size = static_cast<ssize_t>(keys.size());
  require(::write(master_.get(), keys.data(), keys.size()) == size, "write to terminal");
}

void pty::send_signal(int number) const {
  require(::kill(child_, number) == 0, "kill");
}

void pty::wait_for(std::string_view text) {
  wait_until([&](const std::string& all) { return all.find(text) != std::string::npos; });
}

void pty::wait_until(const std::function<bool(const std::string&)>& condition) {
  while (!condition(received_)) {
    if (!read_some()) throw std::runtime_error("terminal closed after: " + received_);
  }
}

pty_result pty::finish() {
  while (read_some()) {
  }
  int how = 0;
  require(::waitpid(child_, &how, 0) == child_, "waitpid");
  ended_ = true;
  if (WIFSIGNALED(how)) return {.status = -1, .signal = WTERMSIG(how)};
  return {.status = WEXITSTATUS(how), .signal = 0};
}

void pty::wait_asleep() const {
  // "PID (NAME) S ..."; our programs have no parenthesis in their names.
  const std::string file = "/proc/" + std::to_string(child_) + "/stat";
  for (std::string text; text.find(") S") == std::string::npos; std::this_thread::yield()) {
    if (clock::now() >= until_) throw std::runtime_error("does not fall asleep: " + text);
    std::getline(std::ifstream(file), text);
  }
}

bool pty::read_some() {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until_ - clock::now()).count();
  pollfd ready{master_.get(), POLLIN, 0};
  if (::poll(&ready, 1, static_cast<int>(std::max<decltype(left)>(left, 0))) == 0) {
    throw std::runtime_error("time limit passed after: " + received_);
  }
  std::array<char, 4096> buffer{};
  const ssize_t got = ::read(master_.get(), buffer.data(), buffer.size());
  if (got < 0 && errno == EINTR) return true;
  if (got <= 0) return false;  // EIO: nobody has the terminal open any more.
  received_.append(buffer.data(), static_cast<std::size_t>(got));
  return true;
}

}  // namespace support
