#include "par/processes/ipc/event.h"

#include <gtest/gtest.h>

#include <vector>

#include "libpar/sanitized.h"
#include "par/pools/thread.h"
#include "victims.h"

namespace par::ipc {
namespace {

using namespace std::chrono_literals;

TEST(ipc_event, is_a_flag) {
  const event flag;
  EXPECT_FALSE(flag.is_set());
  EXPECT_FALSE(flag.wait_for(1ms));
  EXPECT_FALSE(flag.wait_until(std::chrono::system_clock::now() + 1ms));
  run_and_die([&] { flag.set(); });
  EXPECT_TRUE(flag.is_set());
  flag.set();
  flag.wait();
  EXPECT_TRUE(flag.wait_for(0s));
  flag.clear();
  flag.clear();
  EXPECT_FALSE(flag.is_set());
}

TEST(ipc_event, releases_all_that_wait) {
  const event flag;
  std::vector<process> children;
  for (int i = 0; i < 5; ++i) fork_into(children, [&] { return flag.wait_for(1h) ? 1 : 2; });
  for (process& each : children) EXPECT_TRUE(falls_asleep(each.pid()));
  flag.set();
  for (process& each : children) {
    each.join();
    EXPECT_EQ(each.status()->code(), 1);
  }
}

// Python's test_set_and_clear: true, though nobody sees the flag up.
TEST(ipc_event, releases_also_if_it_is_cleared_at_once) {
  const event flag;
  for (int round = 0; round < 20; ++round) {
    process first = process::fork([&] { return flag.wait_for(1h) ? 1 : 2; });
    process second = process::fork([&] { return flag.wait_for(1h) ? 1 : 2; });
    EXPECT_TRUE(falls_asleep(first.pid()));
    EXPECT_TRUE(falls_asleep(second.pid()));
    flag.set();
    flag.clear();
    first.join();
    second.join();
    EXPECT_EQ(first.status()->code(), 1);
    EXPECT_EQ(second.status()->code(), 1);
    EXPECT_FALSE(flag.is_set());
  }
}

TEST(ipc_event, stops_waiting_when_asked) {
  if (under_thread_sanitizer) GTEST_SKIP() << "the sanitizer starts no threads after a fork";
  const event flag;
  process other = process::fork([&] { return flag.wait_for(1h) ? 1 : 2; });
  EXPECT_EQ(answer_of([&] {
              std::stop_source stop;
              const thread asks("asks", [&] {
                static_cast<void>(falls_asleep(getpid()));
                stop.request_stop();
              });
              return flag.wait(stop.get_token());
            }),
            0);
  EXPECT_TRUE(falls_asleep(other.pid())) << "it was woken, and waits on";
  flag.set();
  other.join();
  EXPECT_EQ(other.status()->code(), 1);
}

TEST(ipc_event, can_be_sent) {
  auto [mine, other] = pipe();
  process child = process::fork([&end = other] { end.recv<event>().wait(); });
  const event flag;
  mine.send(flag);
  EXPECT_TRUE(falls_asleep(child.pid()));
  flag.set();
  child.join();
  EXPECT_TRUE(child.status()->ok());
}

}  // namespace
}  // namespace par::ipc
