// The processes that a program has started.
#pragma once

#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill().
#include <unistd.h>

#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

namespace e2e {

// The living processes of its group, but for itself.
inline std::vector<pid_t> others_in_group_of(pid_t leader) {
  std::vector<pid_t> others;
  std::error_code ignored;
  for (const auto& process : std::filesystem::directory_iterator("/proc", ignored)) {
    const std::string name = process.path().filename();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    const pid_t number = std::stoi(name);
    if (number != leader && ::getpgid(number) == leader) others.push_back(number);
  }
  return others;
}

inline void kill_others_in_group_of(pid_t leader) {
  for (const pid_t each : others_in_group_of(leader)) ::kill(each, SIGKILL);
}

}  // namespace e2e
