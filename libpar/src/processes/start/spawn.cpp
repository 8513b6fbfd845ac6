#include <spawn.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <string>
#include <system_error>
#include <utility>

#include "par/processes/connection.h"
#include "process_handle.h"
#include "start/instructions.h"
#include "start/launch.h"
#include "start/preparation.h"

namespace par::inline PAR_ABI::detail {
namespace {

// Where the child finds its socket: behind the standard streams.
constexpr int child_socket = 3;

void checked_spawn(int error, const char* what) {
  if (error != 0) throw std::system_error(error, std::generic_category(), what);
}

// What the child has open: the standard streams and that socket.
class inherited_files {
 public:
  explicit inherited_files(int socket) {
    checked_spawn(::posix_spawn_file_actions_init(&actions_), "prepare to spawn");
    checked_spawn(::posix_spawn_file_actions_adddup2(&actions_, socket, child_socket),
                  "prepare to spawn");
    checked_spawn(::posix_spawn_file_actions_addclosefrom_np(&actions_, child_socket + 1),
                  "prepare to spawn");
  }
  inherited_files(const inherited_files&) = delete;
  inherited_files& operator=(const inherited_files&) = delete;
  ~inherited_files() { ::posix_spawn_file_actions_destroy(&actions_); }

  [[nodiscard]] const posix_spawn_file_actions_t* get() const noexcept { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

pid_t spawn_this_program(const std::string& name, int socket) {
  std::string program = name;
  std::string option = std::string(child_option) + std::to_string(child_socket);
  const std::array<char*, 3> arguments = {program.data(), option.data(), nullptr};
  const inherited_files files(socket);
  pid_t number = 0;
  checked_spawn(
      ::posix_spawn(&number, "/proc/self/exe", files.get(), nullptr, arguments.data(), environ),
      "spawn this program");
  return number;
}

}  // namespace

launched_child launch_by_spawn(child_start start, process_work& work) {
  const preparation& own = require_preparation();
  const parcel body = work.pack();
  const instructions told = {.start = std::move(start),
                             .entry = entry_of(work.run_packed),
                             .requests = own.requests.duplicate()};
  auto [mine, its] = pipe();
  const pid_t number = spawn_this_program(own.program, its.native_handle());
  its.close();
  launched_child child = {
      .number = number, .handle = hold_child(number), .talk = std::move(mine), .verdict = {}};
  try {
    instruct(child.talk, told, body);
  } catch (...) {
    if (child.handle) {
      send_signal(child.handle, SIGKILL);
      static_cast<void>(wait_for_exit(child.handle));
    }
    throw;
  }
  return child;
}

}  // namespace par::inline PAR_ABI::detail
