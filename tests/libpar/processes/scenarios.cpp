#include "libpar/processes/scenarios.h"

#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>

#include "par/processes/process.h"

namespace par {
namespace {

void require(bool holds, const char* what) {
  if (!holds) throw std::runtime_error(what);
}

template <class Exception, class Call>
void require_throw(Call call, std::string_view text) {
  try {
    call();
  } catch (const Exception& error) {
    const std::string what = error.what();
    if (what.find(text) == std::string::npos) throw std::runtime_error("another text: " + what);
    return;
  }
  throw std::runtime_error("nothing thrown");
}

void without_preparation(int argc, char** argv) {
  for (const start_method each : {start_method::forkserver, start_method::spawn}) {
    const auto start = [each] { const process child({.start = each}, [] {}); };
    require_throw<std::logic_error>(start, "prepare_processes");
  }
  process child({.start = start_method::fork}, [] { return 3; });
  child.join();
  require(child.status()->code() == 3, "fork needs no preparation");
  prepare_processes(argc, argv);
  require_throw<std::logic_error>([&] { prepare_processes(argc, argv); }, "twice");
}

void with_a_thread(int argc, char** argv) {
  std::stop_source done;
  std::jthread other([stop = done.get_token()] {
    while (!stop.stop_requested()) std::this_thread::yield();
  });
  require_throw<std::logic_error>([&] { prepare_processes(argc, argv); }, "other threads");
  done.request_stop();
}

void talk(connection end) {
  end.send(getppid());
  static_cast<void>(end.recv<int>());
  end.send(2);
}

// Its children go on; that they have ended can be seen, but not how.
void with_a_killed_server(int argc, char** argv) {
  prepare_processes(argc, argv);
  auto [mine, other] = pipe();
  process child(bound<&talk>(std::move(other)));
  const auto server = mine.recv<pid_t>();
  ::kill(server, SIGKILL);
  const auto start = [] {
    for (;;) const process after([] {});
  };
  require_throw<std::system_error>(start, "fork server has ended");
  require(child.is_alive(), "the child goes on");
  mine.send(1);
  require(mine.recv<int>() == 2, "and answers");
  child.join();
  require(child.status() == exit_status::unknown(), "nobody knows how it ended");
  process spawned({.start = start_method::spawn}, [] { return 5; });
  spawned.join();
  require(spawned.status()->code() == 5, "spawn does without");
}

// ^C of a terminal reaches all processes of the group.
void with_signals_for_the_server(int argc, char** argv) {
  prepare_processes(argc, argv);
  auto [mine, other] = pipe();
  process child(bound<&talk>(std::move(other)));
  const auto server = mine.recv<pid_t>();
  for (const int each : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) ::kill(server, each);
  mine.send(1);
  child.join();
  require(child.status()->ok(), "it tells how its child ended");
  process next([] {
    struct sigaction action{};
    ::sigaction(SIGINT, nullptr, &action);
    return action.sa_handler == SIG_DFL ? 0 : 1;  // NOLINT(*-union-access)
  });
  next.join();
  require(next.status()->ok(), "children get what the program had");
}

// Who does not want to wait does not wait for it either.
void with_a_stopped_server(int argc, char** argv) {
  prepare_processes(argc, argv);
  auto [mine, other] = pipe();
  process child(bound<&talk>(std::move(other)));
  const auto server = mine.recv<pid_t>();
  ::kill(server, SIGSTOP);
  mine.send(1);
  pollfd file{.fd = child.native_handle(), .events = POLLIN, .revents = 0};
  require(::poll(&file, 1, -1) == 1, "it has ended");
  require(!child.join_for(std::chrono::seconds(0)), "how, nobody has said yet");
  ::kill(server, SIGCONT);
  child.join();
  require(child.status()->ok(), "it is told later");
}

constexpr uid_t nobody = 65534;

// Root again at the end, and traceable: the leak sanitizer looks at its own process.
class as_nobody {
 public:
  as_nobody() { require(::setegid(nobody) == 0 && ::seteuid(nobody) == 0, "become nobody"); }
  ~as_nobody() {
    if (::seteuid(0) == 0 && ::setegid(0) == 0) ::prctl(PR_SET_DUMPABLE, 1);
  }
  as_nobody(const as_nobody&) = delete;
  as_nobody& operator=(const as_nobody&) = delete;
};

// Only root can become somebody else.
void as_somebody_else(int argc, char** argv) {
  prepare_processes(argc, argv);
  if (::geteuid() != 0) return;
  const as_nobody scope;
  process child([] {});
  child.join();
  require(child.error() &&
              std::string_view(child.error()->what()).find("user") != std::string_view::npos,
          "children of the server do not have the rights of before");
  process spawned({.start = start_method::spawn}, [] { return ::geteuid() == nobody ? 0 : 1; });
  spawned.join();
  require(spawned.status()->ok(), "spawned ones have those of now");
}

// As after sudo -u, in the directory of who called it.
void where_one_may_not_search(int argc, char** argv) {
  std::string directory = (std::filesystem::temp_directory_path() / "par-XXXXXX").string();
  require(::mkdtemp(directory.data()) != nullptr && ::chdir(directory.c_str()) == 0, "a directory");
  require(::chmod(directory.c_str(), 0) == 0, "one may not search it");
  require(::rmdir(directory.c_str()) == 0, "nothing is left of it");
  std::optional<as_nobody> scope;
  if (::geteuid() == 0) scope.emplace();
  prepare_processes(argc, argv);
  process child([] { return 3; });
  child.join();
  require(child.status()->code() == 3, "it runs");
}

struct scenario {
  std::string_view name;
  void (*run)(int argc, char** argv);
};

constexpr scenario scenarios[] = {
    {"without-preparation", without_preparation},
    {"with-a-thread", with_a_thread},
    {"with-a-killed-server", with_a_killed_server},
    {"with-signals-for-the-server", with_signals_for_the_server},
    {"with-a-stopped-server", with_a_stopped_server},
    {"as-somebody-else", as_somebody_else},
    {"where-one-may-not-search", where_one_may_not_search},
};

}  // namespace

int run_scenario(std::string_view option, int argc, char** argv) {
  try {
    for (const scenario& each : scenarios) {
      if (option.substr(scenario_option.size()) != each.name) continue;
      each.run(argc, argv);
      return 0;
    }
    throw std::runtime_error("no such scenario");
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}

}  // namespace par
