#include "start/instructions.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "par/processes/codec.h"
#include "start/preparation.h"
#include "system_call.h"

namespace par::inline PAR_ABI::detail {
namespace {

// Does not ask, as "." does, whether one may search it.
constexpr const char* own_directory = "/proc/self/cwd";

void attach_any(parcel_writer& to, const descriptor& file) {
  to(static_cast<bool>(file));
  if (file) to.attach(file);
}

descriptor detach_any(parcel_reader& from) {
  bool there = false;
  from(there);
  return there ? from.detach() : descriptor();
}

// Nobody goes on with instructions that do not come whole: who sent them has ended, or failed
// itself.
instructions receive(connection& parent) {
  try {
    return parent.recv<instructions>();
  } catch (const end_of_stream&) {
    _exit(EXIT_FAILURE);
  } catch (const std::system_error&) {
    tell_current_exception(parent);
    _exit(EXIT_FAILURE);
  }
}

// Nobody gets back by a child what he has given up, nor does a child lose what it was to have.
void require_same_rights(const surroundings& around) {
  if (around.user == ::geteuid() && around.group == ::getegid()) return;
  throw std::system_error(std::make_error_code(std::errc::operation_not_permitted),
                          "run as the user that the parent has become since prepare_processes()");
}

bool is_here(const descriptor& directory) {
  struct stat there{};
  struct stat here{};
  return ::fstat(directory.get(), &there) == 0 && ::stat(own_directory, &here) == 0 &&
         there.st_dev == here.st_dev && there.st_ino == here.st_ino;
}

// One may be where one may not go.
void enter(const descriptor& directory) {
  const int result = ::fchdir(directory.get());
  if (result == -1 && errno == EACCES && is_here(directory)) return;
  checked(result, "enter the parent's working directory");
}

void settle(surroundings around) {
  require_same_rights(around);
  enter(around.directory);
  for (std::size_t i = 0; i < around.standard.size(); ++i) {
    const int number = static_cast<int>(i);
    if (around.standard[i]) {
      checked(::dup2(around.standard[i].get(), number), "take over a standard stream");
    } else {
      ::close(number);
    }
  }
}

}  // namespace

void instructions::save(parcel_writer& to) const {
  to(start.identity, start.cpus, entry, forked);
  attach_any(to, start.parent);
  attach_any(to, requests);
  if (!forked) return;
  to(around.user, around.group);
  to.attach(around.directory);
  for (const descriptor& each : around.standard) attach_any(to, each);
}

void instructions::load(parcel_reader& from) {
  from(start.identity, start.cpus, entry, forked);
  start.parent = detach_any(from);
  requests = detach_any(from);
  if (!forked) return;
  from(around.user, around.group);
  around.directory = from.detach();
  for (descriptor& each : around.standard) each = detach_any(from);
}

surroundings surroundings_of_this_process() {
  constexpr int by_name = O_PATH | O_DIRECTORY | O_CLOEXEC;
  surroundings here;
  here.user = ::geteuid();
  here.group = ::getegid();
  here.directory.reset(::open(".", by_name));
  if (!here.directory) {
    here.directory.reset(checked(::open(own_directory, by_name), "open the working directory"));
  }
  for (std::size_t i = 0; i < here.standard.size(); ++i) {
    const int copy = ::fcntl(static_cast<int>(i), F_DUPFD_CLOEXEC, 0);
    if (copy == -1 && errno != EBADF) checked(copy, "duplicate a standard stream");
    here.standard[i].reset(copy);
  }
  return here;
}

void instruct(connection& child, const instructions& told, const parcel& body) {
  try {
    child.send(told);
    child.send_parcel(body);
  } catch (const std::system_error& error) {
    if (error.code() != std::errc::broken_pipe && error.code() != std::errc::connection_reset) {
      throw;
    }
  }
}

void run_instructed(connection parent) {
  instructions told = receive(parent);
  this_preparation().requests = std::move(told.requests);
  this_preparation().done = true;
  auto body = [&parent, entry = std::move(told.entry), forked = told.forked,
               around = std::move(told.around)]() mutable {
    if (forked) settle(std::move(around));
    parcel packed = parent.recv_parcel();  // NOLINT(misc-const-correctness): it is emptied.
    return function_at<int(parcel&)>(entry)(packed);
  };
  run_child(std::move(told.start), std::move(body), parent);
}

}  // namespace par::inline PAR_ABI::detail
