// Children that are killed where it hurts, and numbers that they share with the test.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "par/base/sync.h"
#include "par/processes/process.h"
#include "par/processes/shared_memory.h"
#include "processes/ipc/step.h"

namespace par {

using number = detail::atomic<std::uint64_t>;

// Numbers in shared memory, 0 at first.
class numbers {
 public:
  explicit numbers(std::size_t count) : memory_(count * sizeof(number)) {}
  number& operator[](std::size_t at) const { return reinterpret_cast<number*>(memory_.data())[at]; }

 private:
  shared_memory memory_;
};

// Until it holds. For what another process does soon; a minute means never.
template <class Condition>
[[nodiscard]] bool soon(Condition holds) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (!holds()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::yield();
  }
  return true;
}

// The kernel's letter for what the process's first thread does; S: it sleeps.
inline char state_of(pid_t process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  std::string text;
  std::getline(file, text);
  const std::size_t name = text.rfind(')');
  return name == std::string::npos ? '?' : text[name + 2];
}

[[nodiscard]] inline bool falls_asleep(pid_t process) {
  return soon([&] { return state_of(process) == 'S'; });
}

// The calling process is to be killed when it comes to that step for the `round`th time.
inline std::string step_to_die_at;
inline int rounds_to_live = 0;
inline void die_at(std::string step, int round = 1) {
  step_to_die_at = std::move(step);
  rounds_to_live = round;
  detail::ipc_step_hook = [](const char* label) {
    if (step_to_die_at == label && --rounds_to_live == 0) std::raise(SIGKILL);
  };
}

template <class F>
void fork_into(std::vector<process>& children, F f) {
  children.push_back(process::fork(std::move(f)));
}

template <class F>
void run_and_die(F f) {
  process child = process::fork([&f] {
    f();
    std::raise(SIGKILL);
  });
  child.join();
  ASSERT_EQ(child.status()->signal(), SIGKILL);
}

// What a child answers: its exit status if that is one, or -1.
template <class F>
[[nodiscard]] int answer_of(F f) {
  process child = process::fork([&f] { return static_cast<int>(f()); });
  child.join();
  if (const auto error = child.error()) ADD_FAILURE() << error->type() << ": " << error->what();
  return child.status()->code().value_or(-1);
}

}  // namespace par
