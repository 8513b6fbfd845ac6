#include "name_keeper.h"

#include <poll.h>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <map>
#include <utility>

#include "par/base/thread_safety.h"
#include "par/locks/lock_guard.h"
#include "par/locks/mutex.h"
#include "par/processes/descriptor.h"
#include "process_handle.h"
#include "system_call.h"

namespace par::inline PAR_ABI::detail {
namespace {

// Not by name: one may be wanted for a second file while the first still has it.
using kept_names = std::map<file_identity, std::string>;

// What the keeper is told. It stays in the socket when the sender is killed.
struct keeper_order {
  bool keep = false;
  file_identity file;
  std::array<char, 256> name{};
};

void remove_names(const kept_names& names) {
  for (const auto& [file, name] : names) {
    const std::string path = shared_memory_directory + name;
    struct stat about{};
    if (::stat(path.c_str(), &about) != 0) continue;
    if (file_identity{about.st_dev, about.st_ino} == file) ::unlink(path.c_str());
  }
}

void take_orders(int socket, kept_names& names) {
  keeper_order order;
  while (::recv(socket, &order, sizeof order, MSG_DONTWAIT) == sizeof order) {
    if (order.keep) {
      names[order.file] = order.name.data();
    } else {
      names.erase(order.file);
    }
  }
}

// Nobody waits for the end of a pipe because of the keeper.
void close_all_but(int one, int other) {
  const auto first = static_cast<unsigned>(std::min(one, other));
  const auto second = static_cast<unsigned>(std::max(one, other));
  if (first > 0) ::syscall(SYS_close_range, 0U, first - 1, 0U);
  if (second > first + 1) ::syscall(SYS_close_range, first + 1, second - 1, 0U);
  ::syscall(SYS_close_range, second + 1, ~0U, 0U);
}

// The life of the keeper. Neither the terminal nor who signals a group means it.
[[noreturn]] void keep_until_end_of(int process, int socket) {
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, nullptr);
  ::setsid();
  ::prctl(PR_SET_NAME, "par-names");
  close_all_but(process, socket);
  kept_names names;
  std::array<pollfd, 2> files = {pollfd{.fd = process, .events = POLLIN, .revents = 0},
                                 pollfd{.fd = socket, .events = POLLIN, .revents = 0}};
  while ((files[0].revents & POLLIN) == 0) {
    if (::poll(files.data(), files.size(), -1) < 1) continue;
    take_orders(socket, names);
    if ((files[1].revents & POLLHUP) != 0) files[1].fd = -1;
  }
  remove_names(names);
  _exit(0);
}

// The keeper has no parent, so that it is nobody's child to be waited for.
descriptor start_keeper() {
  std::array<int, 2> ends{};
  checked(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()), "keep a name");
  descriptor mine(ends[0]);
  const descriptor its(ends[1]);
  const descriptor self = open_process(::getpid());
  const pid_t child = checked(::fork(), "start the keeper of names");
  if (child == 0) {
    mine.reset();
    const pid_t grandchild = ::fork();
    if (grandchild == 0) keep_until_end_of(self.get(), its.get());
    _exit(grandchild == -1 ? errno : 0);
  }
  int status = 0;
  const pid_t ended = uninterrupted([&] { return ::waitpid(child, &status, 0); });
  if (ended == child && WEXITSTATUS(status) != 0) {
    errno = WEXITSTATUS(status);
    checked(-1, "start the keeper of names");
  }
  return mine;
}

// Of one process; its child starts with another one.
class keeper {
 public:
  // Never destroyed: names may be made and removed by static objects.
  static keeper& instance() { return *current(); }

  void keep(const std::string& name, file_identity of) {
    const lock_guard lock(guard_);
    names_[of] = name;
    if (keeper_ && tell(name, of, true)) return;
    keeper_ = start_keeper();
    for (const auto& [file, each] : names_) {
      if (!tell(each, file, true)) checked(-1, "keep a name");
    }
  }

  void forget(file_identity file) noexcept {
    const lock_guard lock(guard_);
    if (names_.erase(file) > 0) static_cast<void>(tell({}, file, false));
  }

 private:
  static keeper*& current() {
    static keeper* only = [] {
      pthread_atfork(nullptr, nullptr, [] { begin_anew(); });
      return new keeper;
    }();
    return only;
  }

  // In the child of a fork, where another thread may have held the guard: the analysis knows none
  // of this.
  static void begin_anew() PAR_NO_THREAD_SAFETY_ANALYSIS {
    current()->keeper_.reset();
    current() = new keeper;
  }

  bool tell(const std::string& name, file_identity file, bool keep) noexcept PAR_REQUIRES(guard_) {
    keeper_order order{.keep = keep, .file = file};
    name.copy(order.name.data(), order.name.size() - 1);
    const int socket = keeper_.get();
    const auto send = [&] { return ::send(socket, &order, sizeof order, MSG_NOSIGNAL); };
    return uninterrupted(send) == sizeof order;
  }

  mutex guard_;
  descriptor keeper_ PAR_GUARDED_BY(guard_);
  kept_names names_ PAR_GUARDED_BY(guard_);
};

}  // namespace

void keep_name(const std::string& name, file_identity of) {
  keeper::instance().keep(name, of);
}

void forget_name_of(file_identity file) noexcept {
  keeper::instance().forget(file);
}

}  // namespace par::inline PAR_ABI::detail
