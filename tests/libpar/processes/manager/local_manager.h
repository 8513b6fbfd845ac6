// A manager that serves on a thread of the test itself, where sanitizers see it; and children that
// use it until they are killed.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <thread>
#include <utility>

#include "par/processes/manager/manager.h"
#include "par/processes/manager/manager_server.h"

namespace par {

struct local_manager {
  explicit local_manager(listener_options options = {})
      : server(std::move(options)),
        runner([this] { server.serve_here(); }),
        shared(manager::connect(server.address(), server.key())) {}
  ~local_manager() { server.shutdown(); }
  local_manager(const local_manager&) = delete;
  local_manager& operator=(const local_manager&) = delete;

  manager_server server;
  std::jthread runner;
  manager shared;
};

inline bool is_asleep(pid_t number) {
  std::ifstream file("/proc/" + std::to_string(number) + "/stat");
  std::string text;
  std::getline(file, text);
  const std::size_t state = text.rfind(')');
  return state != std::string::npos && text.at(state + 2) == 'S';
}

// Runs f in a child until it has told that it is about to do the next thing, and sleeps in that.
// The child ends only when killed.
template <class F>
process child_that_sleeps_in(F f) {
  auto [mine, its] = pipe(false);
  process child = process::fork([f = std::move(f), end = std::move(its)]() mutable {
    f([&] { end.send(true); });
    for (;;) ::pause();
  });
  EXPECT_TRUE(mine.recv<bool>());
  while (!is_asleep(child.pid())) std::this_thread::yield();
  return child;
}

inline void kill_and_wait(process& child) {
  child.kill();
  child.join();
}

}  // namespace par
