#include "start/fork_server.h"

#include <sched.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>
#include <vector>

#include "child.h"
#include "frame.h"
#include "par/processes/connection.h"
#include "start/instructions.h"
#include "start/launch.h"
#include "start/preparation.h"
#include "start/serve_forks.h"
#include "system_call.h"

namespace par::inline PAR_ABI::detail {
namespace {

// Forks twice, so that the server is nobody's child here: the program may wait for all of its own.
[[noreturn]] void leave_server_behind(descriptor requests) {
  const pid_t server = ::fork();
  if (server == 0) serve_forks(std::move(requests));
  _exit(server == -1 ? errno : 0);
}

[[noreturn]] void tell_of_no_server(int error) {
  throw std::system_error(error, std::generic_category(),
                          "the fork server has ended, or has no descriptor left");
}

std::array<descriptor, 2> make_sockets(int type) {
  std::array<int, 2> ends{};
  checked(::socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends.data()), "make sockets");
  descriptor first(ends[0]);
  descriptor second(ends[1]);
  return {behind_standard_streams(std::move(first)), behind_standard_streams(std::move(second))};
}

void request(const descriptor& server, descriptor verdict, descriptor child) {
  const std::array<descriptor, 2> files = {std::move(verdict), std::move(child)};
  try {
    send_frame(server.get(), {}, files);
  } catch (const std::system_error& error) {
    if (error.code() == std::errc::broken_pipe || error.code() == std::errc::connection_reset) {
      tell_of_no_server(error.code().value());
    }
    throw;
  }
}

// None: they cannot be told.
std::vector<int> processors_of_this_thread() {
  std::vector<int> numbers;
  cpu_set_t set;
  CPU_ZERO(&set);
  if (::sched_getaffinity(0, sizeof set, &set) != 0) return numbers;
  for (int i = 0; i < CPU_SETSIZE; ++i) {
    if (CPU_ISSET(static_cast<std::size_t>(i), &set)) numbers.push_back(i);
  }
  return numbers;
}

// The number and the pidfd of the new child.
std::pair<pid_t, descriptor> receive_answer(connection& verdict) {
  try {
    parcel message = verdict.recv_parcel();
    const auto answer = decode<fork_answer>(message);
    if (answer.error != 0) {
      throw std::system_error(answer.error, std::generic_category(), "the fork server cannot fork");
    }
    return {answer.number, std::move(message.descriptors.at(0))};
  } catch (const end_of_stream&) {
    tell_of_no_server(EPIPE);
  }
}

}  // namespace

descriptor start_fork_server() {
  auto [mine, its] = make_sockets(SOCK_SEQPACKET);
  flush_standard_streams();
  const pid_t number = checked(::fork(), "fork");
  if (number == 0) {
    mine.reset();
    leave_server_behind(std::move(its));
  }
  int status = 0;
  const pid_t ended = uninterrupted([&] { return ::waitpid(number, &status, 0); });
  if (ended == number && WEXITSTATUS(status) != 0) {
    throw std::system_error(WEXITSTATUS(status), std::generic_category(), "fork the fork server");
  }
  return std::move(mine);
}

launched_child launch_by_fork_server(child_start start, process_work& work) {
  const preparation& own = require_preparation();
  const parcel body = work.pack();
  if (start.cpus.empty()) start.cpus = processors_of_this_thread();
  const instructions told = {.start = std::move(start),
                             .entry = entry_of(work.run_packed),
                             .requests = own.requests.duplicate(),
                             .forked = true,
                             .around = surroundings_of_this_process()};
  auto [mine, childs] = make_sockets(SOCK_STREAM);
  auto [news, servers] = make_sockets(SOCK_STREAM);
  request(own.requests, std::move(servers), std::move(childs));
  connection talk(std::move(mine));
  connection verdict(std::move(news), connection::direction::in);
  auto [number, handle] = receive_answer(verdict);
  // If this fails, the child sees the end of its instructions, and ends.
  instruct(talk, told, body);
  return {.number = number,
          .handle = std::move(handle),
          .talk = std::move(talk),
          .verdict = std::move(verdict)};
}

}  // namespace par::inline PAR_ABI::detail
