// Workers that are killed at any instruction while there is much to do.
#pragma once

#include <gtest/gtest.h>
#include <sched.h>

#include <csignal>
#include <random>
#include <vector>

#include "libpar/processes/pool/pool_tasks.h"
#include "par/processes/process_pool.h"
#include "par/processes/worker_died.h"

namespace par {

inline int spin_on(unsigned rounds) {
  volatile unsigned left = rounds;
  while (left > 0) left = left - 1;
  return 1;
}

// Each kill costs a task at most, and when all is over nothing is left of the dead.
inline void kill_under_load(start_method method, int kills) {
  const auto files_before = open_files();
  {
    process_pool pool({.workers = 3, .start = method});
    std::mt19937 random(1);
    int died = 0;
    int finished = 0;
    for (int i = 0; i < kills; ++i) {
      std::vector<future<int>> all;
      for (int j = 0; j < 100; ++j) all.push_back(pool.submit<&spin_on>(random() % 1000));
      all[random() % 100].wait();
      const std::vector<pid_t> pids = pool.pids();
      ::kill(pids[random() % pids.size()], SIGKILL);
      for (future<int>& each : all) {
        try {
          finished += each.get();
        } catch (const worker_died& death) {
          EXPECT_EQ(death.status(), exit_status::killed(SIGKILL));
          ++died;
        }
      }
    }
    EXPECT_LE(died, kills);
    EXPECT_EQ(finished + died, kills * 100);
    while (pool.pids().size() < 3) ::sched_yield();
    for (int i = 0; i < 100; ++i) EXPECT_EQ(pool.submit<&add>(i, 1).get(), i + 1);
  }
  EXPECT_FALSE(has_children());
  EXPECT_EQ(open_files(), files_before);
}

}  // namespace par
