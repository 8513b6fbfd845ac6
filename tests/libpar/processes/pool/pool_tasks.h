// Tasks that the tests of process pools share.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <iterator>
#include <utility>

#include "libpar/processes/start_methods.h"
#include "libpar/sanitized.h"
#include "par/processes/connection.h"
#include "par/processes/process_pool.h"
#include "par/processes/start_method.h"

namespace par {

inline int add(int a, int b) {
  return a + b;
}

inline pid_t own_pid() {
  return ::getpid();
}

// Says that it has begun, then waits for a word.
inline int wait_for_word(connection end) {
  end.send(::getpid());
  return end.recv<int>();
}

inline void die_by(int signal) {
  ::raise(signal);
}

// A task that is running, until it is given a word.
struct running_task {
  explicit running_task(process_pool& pool) : running_task(pool, par::pipe()) {}
  running_task(process_pool& pool, std::pair<connection, connection> ends)
      : end(std::move(ends.first)), result(pool.submit<&wait_for_word>(ends.second)) {
    ends.second.close();
    pid = end.recv<pid_t>();
  }

  connection end;
  future<int> result;
  pid_t pid = 0;
};

inline std::ptrdiff_t open_files() {
  using files = std::filesystem::directory_iterator;
  return std::distance(files("/proc/self/fd"), files());
}

// Not even dead ones.
inline bool has_children() {
  return ::waitpid(-1, nullptr, WNOHANG) != -1 || errno != ECHILD;
}

// Each case runs with each start method.
class pool_test : public testing::TestWithParam<start_method> {
 protected:
  void SetUp() override {
    if (under_thread_sanitizer && GetParam() == start_method::fork) {
      GTEST_SKIP() << "a child that is forked while threads run may have none itself";
    }
  }
  static process_pool_options with(process_pool_options options) {
    options.start = GetParam();
    return options;
  }
  static process_pool_options with(std::size_t workers) { return with({.workers = workers}); }
};

}  // namespace par
