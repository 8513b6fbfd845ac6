#include "cli/backend.h"

#include <gmock/gmock.h>

#include <atomic>
#include <string>
#include <vector>

#include "cli/common_options.h"

namespace cli {
namespace {

TEST(backend, every_available_one_runs_tasks) {
  for (const auto& [name, kind] : available_backends(true)) {
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

TEST(backend, processes_are_listed_for_tools_that_offer_them) {
  common_settings settings;
  const auto choices = [&settings](bool offered) {
    for (const option& row : common_options(settings, offered)) {
      if (row.name == "backend") return row.choices;
    }
    return std::vector<std::string>();
  };
  EXPECT_THAT(choices(true), testing::Contains("processes"));
  EXPECT_THAT(choices(false), testing::Not(testing::Contains("processes")));
}

}  // namespace
}  // namespace cli
