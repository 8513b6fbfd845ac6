#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "libpar/processes/manager/local_manager.h"
#include "libpar/sanitized.h"

namespace par {
namespace {

using namespace std::chrono_literals;

TEST(managed_queue, puts_and_gets_in_every_form) {
  local_manager local;
  const auto queue = local.shared.queue<std::string>(2);
  EXPECT_EQ(queue.capacity(), 2U);
  EXPECT_EQ(queue.try_get().error(), queue_errc::empty);
  EXPECT_EQ(queue.get_for(1ms).error(), queue_errc::timeout);
  EXPECT_EQ(queue.get_until(std::chrono::system_clock::now() + 1ms).error(), queue_errc::timeout);
  std::stop_source stop;
  std::jthread stopper([&] { stop.request_stop(); });
  EXPECT_EQ(queue.get(stop.get_token()).error(), queue_errc::stopped);
  queue.put("a");
  EXPECT_TRUE(queue.try_put("b"));
  EXPECT_TRUE(queue.full());
  EXPECT_EQ(queue.try_put("c").error(), queue_errc::full);
  EXPECT_EQ(queue.put_for("c", 1ms).error(), queue_errc::timeout);
  EXPECT_EQ(queue.put("c", stop.get_token()).error(), queue_errc::stopped);
  EXPECT_EQ(queue.size(), 2U);
  EXPECT_EQ(queue.get(), "a");
  EXPECT_EQ(queue.get_for(1h), "b");
  EXPECT_TRUE(queue.empty());
  EXPECT_THROW(static_cast<void>(local.shared.queue<int>(0)), std::invalid_argument);
}

TEST(managed_queue, makes_those_wait_who_have_to) {
  local_manager local;
  const auto queue = local.shared.queue<int>(1);
  std::vector<int> got;
  std::jthread taker([&] {
    for (int i = 0; i < 20; ++i) got.push_back(queue.get());
  });
  for (int i = 0; i < 20; ++i) queue.put(i);
  taker.join();
  EXPECT_EQ(got.size(), 20U);
  EXPECT_TRUE(std::ranges::is_sorted(got));
}

TEST(managed_queue, is_joined_when_all_is_done) {
  local_manager local;
  const auto queue = local.shared.queue<int>();
  EXPECT_THROW(queue.task_done(), std::logic_error);
  queue.join();
  queue.put(1);
  queue.put(2);
  EXPECT_EQ(queue.join_for(1ms).error(), queue_errc::timeout);
  EXPECT_EQ(queue.join_until(std::chrono::system_clock::now() + 1ms).error(), queue_errc::timeout);
  std::jthread worker([&] {
    for (int i = 0; i < 2; ++i) {
      static_cast<void>(queue.get());
      queue.task_done();
    }
  });
  queue.join();
  EXPECT_EQ(queue.size(), 0U);
}

TEST(managed_queue, can_be_closed) {
  local_manager local;
  const auto queue = local.shared.queue<int>();
  queue.put(1);
  queue.close();
  EXPECT_TRUE(queue.closed());
  EXPECT_THROW(queue.put(2), queue_closed);
  EXPECT_EQ(queue.get(), 1);
  EXPECT_THROW(static_cast<void>(queue.get()), queue_closed);
  EXPECT_EQ(queue.try_get().error(), queue_errc::closed);
  const auto other = local.shared.queue<int>(1);
  other.put(1);
  std::jthread waiter([&] { EXPECT_THROW(other.put(2), queue_closed); });
  other.close(close_mode::immediate);
  EXPECT_EQ(other.size(), 0U);
  other.join();
}

// A taker that is killed while it waits swallows nothing: every item arrives, in order.
TEST(managed_queue, loses_nothing_to_a_dead_waiter) {
  if (under_thread_sanitizer) GTEST_SKIP() << "the sanitizer starts no threads after such a fork";
  local_manager local;
  const auto queue = local.shared.queue<int>();
  for (int round = 0; round < 20; ++round) {
    process waits = child_that_sleeps_in([=](auto ready) {
      static_cast<void>(queue.size());
      ready();
      static_cast<void>(queue.get());
    });
    kill_and_wait(waits);
    queue.put(2 * round);
    queue.put(2 * round + 1);
    // What was under way to the dead one comes back to the front, perhaps behind a second item.
    const std::set<int> got = {queue.get(), queue.get()};
    EXPECT_EQ(got, (std::set<int>{2 * round, 2 * round + 1}));
  }
  EXPECT_TRUE(queue.empty());
}

// Killed at any moment while items are handed out: at most one is lost with each, none comes twice.
TEST(managed_queue, loses_one_item_at_most_with_a_taker) {
  if (under_thread_sanitizer) GTEST_SKIP() << "the sanitizer starts no threads after such a fork";
  local_manager local;
  const auto items = local.shared.queue<int>();
  const auto taken = local.shared.queue<int>();
  constexpr int kills = 20;
  int put = 0;
  for (int round = 0; round < kills; ++round) {
    process taker = process::fork([=] {
      for (;;) taken.put(items.get());
    });
    for (int i = 0; i < 20; ++i) items.put(put++);
    for (int i = 0; i < round; ++i) items.put(put++);
    while (taken.size() < static_cast<std::size_t>(round)) std::this_thread::yield();
    kill_and_wait(taker);
  }
  std::set<int> seen;
  std::size_t count = 0;
  for (const auto& queue : {items, taken}) {
    // The dead taker's last request may still be under way.
    while (auto item = queue.get_for(200ms)) {
      seen.insert(*item);
      ++count;
    }
  }
  EXPECT_EQ(seen.size(), count) << "none came twice";
  EXPECT_GE(seen.size() + kills, static_cast<std::size_t>(put));
}

}  // namespace
}  // namespace par
