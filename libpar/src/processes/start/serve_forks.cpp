#include "start/serve_forks.h"

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

#include "frame.h"
#include "par/processes/connection.h"
#include "process_handle.h"
#include "start/close_files.h"
#include "start/fork_server.h"
#include "start/instructions.h"
#include "start/launch.h"
#include "system_call.h"

namespace par::inline PAR_ABI::detail {
namespace {

constexpr std::uint64_t of_requests = 0;  // Other events are of the child of that number.

// What the server changes of the process that it is, and its children get back.
//
// What a terminal sends is blocked, not ignored: it does not end the server, and is not lost on a
// child that gets it before its first step; that one unblocks all signals when it is ready.
class own_manners {
 public:
  own_manners() {
    sigset_t held{};
    static_cast<void>(::sigemptyset(&held));
    for (const int each : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
      static_cast<void>(::sigaddset(&held, each));
    }
    static_cast<void>(::sigprocmask(SIG_BLOCK, &held, nullptr));
    struct sigaction action{};
    // A child that ends must be kept until it was asked for.
    action.sa_handler = SIG_DFL;  // NOLINT(*-union-access)
    static_cast<void>(::sigaction(SIGCHLD, &action, &of_children_));
    static_cast<void>(::getrlimit(RLIMIT_NOFILE, &files_));
    rlimit all = files_;
    all.rlim_cur = all.rlim_max;
    static_cast<void>(::setrlimit(RLIMIT_NOFILE, &all));
  }

  void undo() const noexcept {
    static_cast<void>(::sigaction(SIGCHLD, &of_children_, nullptr));
    static_cast<void>(::setrlimit(RLIMIT_NOFILE, &files_));
  }

 private:
  struct sigaction of_children_{};
  rlimit files_{};
};

class fork_server {
 public:
  explicit fork_server(descriptor requests)
      : requests_(std::move(requests)),
        events_(checked(::epoll_create1(EPOLL_CLOEXEC), "watch requests")) {
    watch(requests_, of_requests);
  }

  // Until nothing more can happen.
  void serve() {
    while (requests_ || !children_.empty()) {
      epoll_event event{};
      if (::epoll_wait(events_.get(), &event, 1, -1) < 1) continue;
      if (event.data.u64 == of_requests) {
        take_request();
      } else {
        tell_end(static_cast<pid_t>(event.data.u64));
      }
    }
  }

 private:
  struct child {
    descriptor handle;
    connection verdict;
  };

  void watch(const descriptor& file, std::uint64_t name) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = name;
    checked(::epoll_ctl(events_.get(), EPOLL_CTL_ADD, file.get(), &event), "watch a child");
  }

  // Closing is not enough where another process has the same open file.
  void forget(const descriptor& file) noexcept {
    static_cast<void>(::epoll_ctl(events_.get(), EPOLL_CTL_DEL, file.get(), nullptr));
  }

  void take_request() {
    std::vector<descriptor> files;
    try {
      recv_header(requests_.get(), files);
    } catch (const end_of_stream&) {
      forget(requests_);
      requests_.reset();
      return;
    } catch (const std::system_error&) {
      return;
    }
    // No descriptor is left for the others: they are closed, which the other end sees.
    if (files.size() != 2) return;
    connection verdict(std::move(files[0]));
    try {
      answer(verdict, std::move(files[1]));
    } catch (const std::system_error& error) {
      tell(verdict, encode(fork_answer{.number = 0, .error = error.code().value()}));
    }
  }

  void answer(connection& verdict, descriptor instructions) {
    const pid_t number = checked(::fork(), "fork");
    if (number == 0) be_child(std::move(instructions));
    descriptor handle = hold_child(number);
    parcel message = encode(fork_answer{.number = number, .error = 0});
    try {
      message.descriptors.push_back(handle.duplicate());
      watch(handle, static_cast<std::uint64_t>(number));
    } catch (const std::system_error&) {
      send_signal(handle, SIGKILL);
      static_cast<void>(wait_for_exit(handle));
      throw;
    }
    tell(verdict, message);
    children_.emplace(number, child{std::move(handle), std::move(verdict)});
  }

  void tell_end(pid_t number) {
    const auto at = children_.find(number);
    const exit_status status = wait_for_exit(at->second.handle);
    tell(at->second.verdict, encode(fork_verdict{.code = status.code().value_or(0),
                                                 .signal = status.signal().value_or(0)}));
    forget(at->second.handle);
    children_.erase(at);
  }

  // Whoever asked may have ended.
  static void tell(connection& verdict, const parcel& message) {
    try {
      verdict.send_parcel(message);
    } catch (const std::system_error&) {  // NOLINT(bugprone-empty-catch)
    }
  }

  [[noreturn]] void be_child(descriptor instructions) const {
    manners_.undo();
    // Numbers that the server's objects hold mean nothing here: none of them is destroyed.
    const int number = instructions.release();
    close_files_but(number);
    run_instructed(connection(descriptor(number)));
  }

  own_manners manners_;
  descriptor requests_;
  descriptor events_;
  std::unordered_map<pid_t, child> children_;
};

// Pipes that the program has there are not kept open by the server; nothing else gets one of these
// numbers, which children make anew.
void let_go_of_standard_streams() {
  descriptor nothing(checked(::open("/dev/null", O_RDWR | O_CLOEXEC), "open /dev/null"));
  nothing = behind_standard_streams(std::move(nothing));
  for (int i = 0; i < standard_streams; ++i) checked(::dup2(nothing.get(), i), "open /dev/null");
}

}  // namespace

void serve_forks(descriptor requests) noexcept {
  try {
    close_files_but(requests.get());
    let_go_of_standard_streams();
    fork_server(std::move(requests)).serve();
  } catch (...) {  // Its children too end here, if they are not told what to do.
    _exit(1);
  }
  _exit(0);
}

}  // namespace par::inline PAR_ABI::detail
