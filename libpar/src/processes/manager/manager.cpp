#include "par/processes/manager/manager.h"

#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "message.h"
#include "par/processes/entry_point.h"
#include "par/processes/manager/manager_server.h"

namespace par::inline PAR_ABI {
namespace {

// For the process to end by itself.
constexpr auto patience_at_end = std::chrono::seconds(5);

// What goes to the manager's process.
struct manager_start {
  detail::manager_address where;
  detail::entry_point initializer = {};
  bool has_initializer = false;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(where, initializer, has_initializer);
  }
};

// Sends its address when clients can connect; closes `ready` without, if that cannot be.
void run_manager(const manager_start& start, connection ready) {
  static_cast<void>(std::signal(SIGINT, SIG_IGN));  // The program that has it decides.
  if (start.has_initializer) detail::function_at<void()>(start.initializer)();
  manager_server server({.address = start.where.address, .key = start.where.key});
  ready.send(server.address());
  ready.close();
  server.serve_here();
}

void ask_to_end(const detail::manager_address& who) {
  try {
    // Not over this thread's own connections: they may be gone when the program ends.
    connection channel = par::connect(who.address, who.key, deadline::in(patience_at_end));
    channel.send(
        detail::request_head{.what = static_cast<std::uint16_t>(detail::operation::shut_down)});
    static_cast<void>(channel.recv_parcel());
  } catch (const end_of_stream&) {      // The answer is lost with the process.
  } catch (const std::system_error&) {  // It has ended.
  }
}

// What it threw, or how it ended.
[[noreturn]] void tell_failed_start(process& server) {
  server.join();
  if (server.error()) throw remote_error(*server.error());
  throw manager_gone("manager: its process ended before it was ready");
}

// Requests to the manager as a whole.
class root : public detail::proxy {
 public:
  explicit root(detail::manager_address where) : proxy(std::move(where), 0) {}
  using proxy::call;
};

}  // namespace

manager::manager(manager_options options)
    : where_{.address = std::move(options.address), .key = std::move(options.key)},
      owner_(getpid()) {
  if (where_.key.empty()) throw std::invalid_argument("authentication: the key is empty");
  manager_start start{.where = where_};
  if (options.initializer != nullptr) {
    start.initializer = detail::entry_of(options.initializer);
    start.has_initializer = true;
  }
  auto [mine, its] = pipe(false);
  server_ = process({.name = "manager", .start = options.start, .daemon = true},
                    bound<&run_manager>(std::move(start), std::move(its)));
  try {
    where_.address = mine.recv<std::string>();
  } catch (const end_of_stream&) {
    tell_failed_start(server_);
  }
}

manager manager::connect(std::string address, authentication_key key) {
  static_cast<void>(par::connect(address, key));
  return manager(connected{{.address = std::move(address), .key = std::move(key)}});
}

manager& manager::operator=(manager&& other) noexcept {
  if (this == &other) return *this;
  let_go();
  where_ = std::move(other.where_);
  owner_ = std::exchange(other.owner_, 0);
  server_ = std::move(other.server_);
  return *this;
}

manager::~manager() {
  let_go();
}

void manager::let_go() noexcept {
  if (owner_ != getpid() || server_.pid() == 0) return;
  try {
    shutdown();
  } catch (const std::exception&) {  // It is killed as daemons are, by the process's destructor.
  }
}

void manager::shutdown() {
  const bool own = owner_ == getpid() && server_.pid() != 0;
  if (!own || server_.is_alive()) ask_to_end(where_);
  if (!own) return;
  if (!server_.join_for(patience_at_end)) server_.kill();
  server_.join();
  // What a process that was killed leaves behind.
  std::error_code nothing;
  if (where_.address.find('/') != std::string::npos) {
    std::filesystem::remove(where_.address, nothing);
  }
}

std::uint64_t manager::make_object(detail::object_kind kind, const std::string& name,
                                   const std::string& types, parcel from) const {
  return root(where_).call<std::uint64_t>(detail::operation::make, kind, name, types,
                                          detail::packed(std::move(from)));
}

bool manager::erase_object(std::uint64_t number) const {
  return root(where_).call<bool>(detail::operation::erase_object, number);
}

managed_namespace manager::names(const std::string& name) const {
  return made<managed_namespace>(detail::object_kind::dict, name);
}

managed_mutex manager::mutex(const std::string& name) const {
  return made<managed_mutex>(detail::object_kind::mutex, name);
}

managed_recursive_mutex manager::recursive_mutex(const std::string& name) const {
  return made<managed_recursive_mutex>(detail::object_kind::recursive_mutex, name);
}

managed_semaphore manager::semaphore(std::uint64_t permits, const std::string& name) const {
  return made<managed_semaphore>(detail::object_kind::semaphore, name, permits);
}

managed_bounded_semaphore manager::bounded_semaphore(std::uint64_t permits,
                                                     const std::string& name) const {
  return made<managed_bounded_semaphore>(detail::object_kind::bounded_semaphore, name, permits);
}

managed_condition_variable manager::condition_variable(const std::string& name) const {
  return made<managed_condition_variable>(detail::object_kind::condition_variable, name);
}

managed_event manager::event(const std::string& name) const {
  return made<managed_event>(detail::object_kind::event, name);
}

managed_pool manager::pool(std::uint64_t threads, const std::string& name) const {
  return made<managed_pool>(detail::object_kind::pool, name, threads);
}

managed_barrier manager::barrier(std::uint64_t parties, const std::string& name) const {
  return made<managed_barrier>(detail::object_kind::barrier, name, parties);
}

}  // namespace par::inline PAR_ABI
