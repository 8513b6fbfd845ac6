// A process that holds objects which several processes use: dicts, lists, queues, locks.
//
//   par::prepare_processes(argc, argv);                         // first thing in main
//   par::manager shared;                                        // starts the process
//   auto hits = shared.dict<std::string, int>();
//   auto guard = shared.mutex();
//   par::process worker(par::bound<&count>(hits, guard));       // proxies are sent as values are
//   ...
//   void count(par::managed_dict<std::string, int> hits, par::managed_mutex guard) {
//     const par::lock_guard lock(guard);
//     hits.set("a.log", hits.get_or("a.log", 0) + 1);
//   }
//
// Objects lie in the manager's process as encoded bytes, dicts by the encoded bytes of their keys:
// the process knows no types, its users do. So dict<std::string, int> costs what a map of bytes
// does, and mixed values are any_value, one type among others.
//
// Each thread that uses a proxy has a connection of its own, made when it is first used, and to the
// manager it is that connection: locks belong to it, and are released when the thread or its
// process ends, in whatever way. A process that is forked starts without connections.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <typeinfo>
#include <vector>

#include "par/processes/manager/managed_barrier.h"
#include "par/processes/manager/managed_condition_variable.h"
#include "par/processes/manager/managed_dict.h"
#include "par/processes/manager/managed_event.h"
#include "par/processes/manager/managed_list.h"
#include "par/processes/manager/managed_mutex.h"
#include "par/processes/manager/managed_namespace.h"
#include "par/processes/manager/managed_pool.h"
#include "par/processes/manager/managed_queue.h"
#include "par/processes/manager/managed_semaphore.h"
#include "par/processes/process.h"

namespace par::inline PAR_ABI {

struct manager_options {
  std::string address = {};  // As listener_options::address.
  authentication_key key = authentication_key::random();
  void (*initializer)() = nullptr;  // Run by the manager's process first.
  start_method start = start_method::forkserver;
};

// Objects live until they are erased or the manager ends, whoever has proxies of them. One with a
// name is made once: whoever asks for it with the same types gets the same one, and what it would
// have been made from is ignored; std::invalid_argument if that name has another type.
//
// Thread-safe but for construction, moving, shutdown() and destruction. manager_gone where the
// process has ended, in the middle of a call or before.
class manager {
 public:
  // Starts the process, a daemon that ignores SIGINT. Throws what starting a process does, and
  // remote_error with what failed there: to listen at the address, or the initializer.
  explicit manager(manager_options options = {});
  // Of one that another program started, or that serves in one (manager_server.h). Throws as
  // par::connect does.
  [[nodiscard]] static manager connect(std::string address, authentication_key key);
  ~manager();  // Shuts down what it has started.
  manager(manager&&) noexcept = default;
  manager& operator=(manager&& other) noexcept;

  // Ends the process, also of one that was connected to: who waits there gets manager_gone. Nothing
  // happens if it has ended.
  void shutdown();

  [[nodiscard]] const std::string& address() const noexcept { return where_.address; }
  [[nodiscard]] const authentication_key& key() const noexcept { return where_.key; }
  [[nodiscard]] pid_t pid() const noexcept { return server_.pid(); }  // 0: not its own.

  template <class K, class V>
  [[nodiscard]] managed_dict<K, V> dict(const std::string& name = {}) const {
    return made<managed_dict<K, V>>(detail::object_kind::dict, name);
  }
  template <class T>
  [[nodiscard]] managed_list<T> list(const std::vector<T>& values = {},
                                     const std::string& name = {}) const {
    return made<managed_list<T>>(detail::object_kind::list, name, detail::pack_all<T>(values));
  }
  template <class T>
  [[nodiscard]] managed_array<T> array(const std::vector<T>& values,
                                       const std::string& name = {}) const {
    return made<managed_array<T>>(detail::object_kind::list, name, detail::pack_all<T>(values));
  }
  template <class T>
  [[nodiscard]] managed_value<T> value(const T& first = {}, const std::string& name = {}) const {
    return made<managed_value<T>>(detail::object_kind::list, name,
                                  std::vector{detail::pack(first)});
  }
  [[nodiscard]] managed_namespace names(const std::string& name = {}) const;

  // Capacity in items, at least 1; 0 throws std::invalid_argument.
  template <class T>
  [[nodiscard]] managed_queue<T> queue(std::uint64_t capacity = managed_queue<T>::unbounded,
                                       const std::string& name = {}) const {
    return made<managed_queue<T>>(detail::object_kind::queue, name, capacity);
  }

  [[nodiscard]] managed_mutex mutex(const std::string& name = {}) const;
  [[nodiscard]] managed_recursive_mutex recursive_mutex(const std::string& name = {}) const;
  [[nodiscard]] managed_semaphore semaphore(std::uint64_t permits = 1,
                                            const std::string& name = {}) const;
  [[nodiscard]] managed_bounded_semaphore bounded_semaphore(std::uint64_t permits = 1,
                                                            const std::string& name = {}) const;
  [[nodiscard]] managed_condition_variable condition_variable(const std::string& name = {}) const;
  [[nodiscard]] managed_event event(const std::string& name = {}) const;
  // Throws std::invalid_argument if there are no parties.
  [[nodiscard]] managed_barrier barrier(std::uint64_t parties, const std::string& name = {}) const;
  // Threads from 1 to 4,096, otherwise std::invalid_argument. When the manager ends, what runs is
  // waited for, five seconds at most if the manager is a process of its own.
  [[nodiscard]] managed_pool pool(std::uint64_t threads, const std::string& name = {}) const;

  // Its proxies throw std::out_of_range then; who waits for it goes on waiting. False: it was gone.
  template <class Proxy>
  bool erase(const Proxy& proxy) const {  // NOLINT(modernize-use-nodiscard)
    return erase_object(proxy.object());
  }

 private:
  struct connected {
    detail::manager_address to;
  };
  explicit manager(connected made) : where_(std::move(made.to)) {}

  template <class Proxy, class... From>
  [[nodiscard]] Proxy made(detail::object_kind kind, const std::string& name,
                           const From&... from) const {
    parcel encoded;
    parcel_writer to(encoded);  // NOLINT(misc-const-correctness): writing changes it.
    if constexpr (sizeof...(From) > 0) to(from...);
    return Proxy(where_, make_object(kind, name, typeid(Proxy).name(), std::move(encoded)));
  }

  [[nodiscard]] std::uint64_t make_object(detail::object_kind kind, const std::string& name,
                                          const std::string& types, parcel from) const;
  [[nodiscard]] bool erase_object(std::uint64_t number) const;
  void let_go() noexcept;

  detail::manager_address where_;
  pid_t owner_ = 0;  // The process that started it.
  process server_;
};

}  // namespace par::inline PAR_ABI
