// A thread that tells when it sleeps in one of libpar's waits.
#pragma once

#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>
#include <fstream>
#include <ios>
#include <latch>
#include <string>
#include <utility>

#include "par/pools/thread.h"
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#endif

namespace test {

// Runs f. A wait of libpar's lists a node on the thread's own stack and sleeps on a futex there, so
// a thread that is seen in such a sleep is sure to be on the list.
class sleeper {
 public:
  template <class F>
  explicit sleeper(F f)
      : thread_("sleeper", [this, f = std::move(f)]() mutable {
          const char here = 0;
          stack_ = reinterpret_cast<std::uintptr_t>(&here);
          fake_stack_ = this_fake_stack();
          id_ = gettid();
          started_.count_down();
          f();
        }) {
    started_.wait();
  }

  void wait_until_asleep() const {
    while (!asleep()) sched_yield();
  }

  void join() { thread_.join(); }

  // Whether the system tells what a thread sleeps on; without that these tests cannot run.
  [[nodiscard]] static bool possible() {
    return std::ifstream("/proc/self/task/" + std::to_string(gettid()) + "/syscall").good();
  }

 private:
  [[nodiscard]] bool asleep() const {
    std::ifstream file("/proc/self/task/" + std::to_string(id_) + "/syscall");
    long call = -1;
    std::uintptr_t address = 0;
    if (!(file >> call >> std::hex >> address) || call != SYS_futex) return false;
    constexpr std::uintptr_t depth = 256 * 1024;  // Above too: calls may have been inlined.
    return (address < stack_ + depth && stack_ < address + depth) || is_in_fake_stack(address);
  }

  // The address sanitizer may keep what is on the stack elsewhere.
#ifdef __SANITIZE_ADDRESS__
  static void* this_fake_stack() { return __asan_get_current_fake_stack(); }
  [[nodiscard]] bool is_in_fake_stack(std::uintptr_t address) const {
    if (fake_stack_ == nullptr) return false;
    return __asan_addr_is_in_fake_stack(fake_stack_, reinterpret_cast<void*>(address), nullptr,
                                        nullptr) != nullptr;
  }
#else
  static void* this_fake_stack() { return nullptr; }
  static bool is_in_fake_stack(std::uintptr_t /*address*/) { return false; }
#endif

  std::uintptr_t stack_ = 0;
  void* fake_stack_ = nullptr;
  pid_t id_ = 0;
  std::latch started_{1};
  par::thread thread_;  // Last: it uses the others.
};

}  // namespace test
