// Waits until a process sleeps in the kernel.
#pragma once

#include <sched.h>
#include <sys/types.h>

#include <fstream>
#include <iterator>
#include <string>

// 'S' in the third field of /proc/N/stat, behind the name in brackets.
inline bool is_asleep(pid_t number) {
  std::ifstream file("/proc/" + std::to_string(number) + "/stat");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const std::size_t name_end = text.rfind(')');
  return name_end != std::string::npos && text.compare(name_end, 4, ") S ") == 0;
}

inline void wait_until_asleep(pid_t number) {
  while (!is_asleep(number)) sched_yield();
}
