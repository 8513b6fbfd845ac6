// The side of a manager that holds the objects, in the calling process.
//
//   par::manager_server server({.address = "/run/user/1000/prices", .key = key});
//   server.serve_here();                                // until somebody shuts it down
//
//   par::manager prices = par::manager::connect(address, key);          // in other processes
#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "par/processes/listener.h"

namespace par::inline PAR_ABI {

// A thread for each client that is connected, and one that sees clients go. Thread-safe.
class manager_server {
 public:
  // Listens from now on; who connects is served by serve_here(). Throws as listener does.
  explicit manager_server(listener_options options = {});
  ~manager_server();
  manager_server(const manager_server&) = delete;
  manager_server& operator=(const manager_server&) = delete;

  [[nodiscard]] const std::string& address() const;
  [[nodiscard]] const authentication_key& key() const;

  // Returns when shutdown() was called, here or by a client, or a stop was requested; the clients
  // are disconnected then, also those that wait for something. Once only.
  void serve_here(const std::stop_token& stop = {});

  // Any number of times.
  void shutdown() noexcept;

 private:
  struct state;
  std::unique_ptr<state> state_;
};

}  // namespace par::inline PAR_ABI
