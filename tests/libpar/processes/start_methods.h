// Tests that run once with each start method.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <string>

#include "par/processes/process.h"

namespace par {

inline const char* name_of(start_method method) {
  switch (method) {
    case start_method::fork:
      return "fork";
    case start_method::forkserver:
      return "forkserver";
    case start_method::spawn:
      return "spawn";
  }
  return "";
}

class started_by : public testing::TestWithParam<start_method> {
 protected:
  static process_options with(process_options options = {}) {
    options.start = GetParam();
    return options;
  }
};

inline auto each_start_method() {
  return testing::Values(start_method::fork, start_method::forkserver, start_method::spawn);
}

inline std::string name_of_case(const testing::TestParamInfo<start_method>& info) {
  return name_of(info.param);
}

// Until it is killed.
inline void sleep_for_ever() {
  for (;;) ::pause();
}

inline bool is_there(pid_t number) {
  return ::kill(number, 0) == 0;
}

}  // namespace par
