#include "cli/backend.h"

#include <gtest/gtest.h>

#include <atomic>

namespace cli {
namespace {

TEST(backend, every_available_one_runs_tasks) {
  for (const auto& [name, kind] : available_backends()) {
    SCOPED_TRACE(name);
    std::atomic<int> sum = 0;
    const auto executor = make_executor(kind, 3);
    for (int i = 1; i <= 100; ++i) executor->post([&sum, i] { sum += i; });
    executor->wait_idle();
    EXPECT_EQ(sum, 5050);
    EXPECT_EQ(executor->concurrency(), name == "serial" ? 1U : 3U);
  }
}

TEST(backend, serial_and_threads_are_in_every_build) {
  const auto all = available_backends();
  ASSERT_GE(all.size(), 2U);
  EXPECT_EQ(all[0].first, "serial");
  EXPECT_EQ(all[1].first, "threads");
}

}  // namespace
}  // namespace cli
