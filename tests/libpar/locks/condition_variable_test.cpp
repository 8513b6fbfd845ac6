#include "par/locks/condition_variable.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <latch>
#include <mutex>
#include <stop_token>
#include <vector>

#include "par/locks/mutex.h"
#include "par/pools/thread.h"

namespace {

using namespace std::chrono_literals;

// Threads that wait without a predicate, and tell how many of them wait and how many came back.
class waiting_room {
 public:
  explicit waiting_room(int threads) {
    for (int i = 0; i < threads; ++i) {
      team_.emplace_back("wait", [this] {
        std::unique_lock lock(guard_);
        ++waiting_;
        arrived_.notify_all();
        bell_.wait(lock);
        ++back_;
        returned_.notify_all();
      });
    }
    std::unique_lock lock(guard_);
    arrived_.wait(lock, [&] { return waiting_ == threads; });
  }
  ~waiting_room() { bell_.notify_all(); }

  void ring(std::size_t count) { bell_.notify(count); }

  void wait_until_back(int count) {
    std::unique_lock lock(guard_);
    returned_.wait(lock, [&] { return back_ >= count; });
  }

  int back() {
    const std::lock_guard lock(guard_);
    return back_;
  }

 private:
  par::mutex guard_;
  par::condition_variable bell_, arrived_, returned_;
  int waiting_ = 0;
  int back_ = 0;
  std::vector<par::thread> team_;
};

TEST(condition_variable, notify_wakes_exactly_as_many_as_asked) {
  waiting_room room(5);
  room.ring(2);
  room.wait_until_back(2);
  EXPECT_EQ(room.back(), 2);
  room.ring(3);
  room.wait_until_back(5);
}

TEST(condition_variable, notify_of_more_than_wait_wakes_all) {
  waiting_room room(3);
  room.ring(100);
  room.wait_until_back(3);
}

TEST(condition_variable, notify_is_not_kept_for_those_who_come_later) {
  par::mutex guard;
  par::condition_variable bell;
  bell.notify_all();
  std::unique_lock lock(guard);
  EXPECT_EQ(bell.wait_for(lock, 5ms), std::cv_status::timeout);
}

TEST(condition_variable, wait_gives_the_lock_back_meanwhile) {
  par::mutex guard;
  par::condition_variable bell;
  bool ready = false;
  std::unique_lock lock(guard);
  const par::thread other("ring", [&] {
    const std::lock_guard inner(guard);  // Only free while the wait is on.
    ready = true;
    bell.notify_one();
  });
  bell.wait(lock, [&] { return ready; });
  EXPECT_TRUE(lock.owns_lock());
}

TEST(condition_variable, timed_wait_ends_at_its_time) {
  par::mutex guard;
  par::condition_variable bell;
  std::unique_lock lock(guard);
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(bell.wait_for(lock, 20ms), std::cv_status::timeout);
  EXPECT_GE(std::chrono::steady_clock::now() - start, 20ms);
  EXPECT_FALSE(bell.wait_for(lock, 5ms, [] { return false; }));
  EXPECT_TRUE(bell.wait_until(lock, std::chrono::system_clock::now(), [] { return true; }));
  EXPECT_TRUE(lock.owns_lock());
}

TEST(condition_variable, one_that_gave_up_takes_no_notification) {
  par::mutex guard;
  par::condition_variable bell;
  std::latch waits(1);
  bool woken = false;
  const par::thread other("wait", [&] {
    std::unique_lock lock(guard);
    waits.count_down();
    bell.wait(lock);
    woken = true;
    bell.notify_all();
  });
  waits.wait();
  std::unique_lock lock(guard);
  EXPECT_EQ(bell.wait_for(lock, 1ms), std::cv_status::timeout);
  bell.notify_one();
  bell.wait(lock, [&] { return woken; });
}

TEST(condition_variable, stop_ends_a_wait) {
  par::mutex guard;
  par::condition_variable bell;
  std::stop_source stop;
  std::latch waits(1);
  bool result = true;
  {
    const par::thread other("wait", [&] {
      std::unique_lock lock(guard);
      waits.count_down();
      result = bell.wait(lock, stop.get_token(), [] { return false; });
    });
    waits.wait();
    stop.request_stop();
  }
  EXPECT_FALSE(result);
}

TEST(condition_variable, stop_requested_before_ends_the_wait_at_once) {
  par::mutex guard;
  par::condition_variable bell;
  std::stop_source stop;
  stop.request_stop();
  std::unique_lock lock(guard);
  EXPECT_FALSE(bell.wait(lock, stop.get_token(), [] { return false; }));
  EXPECT_TRUE(bell.wait(lock, stop.get_token(), [] { return true; }));
}

TEST(condition_variable, stoppable_wait_can_be_notified_and_timed) {
  par::mutex guard;
  par::condition_variable bell;
  const std::stop_source stop;
  bool ready = false;
  std::unique_lock lock(guard);
  EXPECT_FALSE(bell.wait_for(lock, stop.get_token(), 1ms, [&] { return ready; }));
  const par::thread other("ring", [&] {
    const std::lock_guard inner(guard);
    ready = true;
    bell.notify_one();
  });
  EXPECT_TRUE(bell.wait(lock, stop.get_token(), [&] { return ready; }));
}

// Waits that time out at every moment around the notification: none may hang, none be lost.
TEST(condition_variable, timeouts_and_notifications_race_without_loss) {
  constexpr int rounds = 3'000;
  par::mutex guard;
  par::condition_variable ping, pong;
  int turn = 0;
  const par::thread other("pong", [&] {
    std::unique_lock lock(guard);
    for (int i = 0; i < rounds; ++i) {
      while (turn != 2 * i + 1) ping.wait_for(lock, std::chrono::microseconds(i % 60));
      ++turn;
      pong.notify_one();
    }
  });
  std::unique_lock lock(guard);
  for (int i = 0; i < rounds; ++i) {
    ++turn;
    ping.notify_one();
    pong.wait(lock, [&] { return turn == 2 * i + 2; });
  }
  EXPECT_EQ(turn, 2 * rounds);
}

TEST(condition_variable, works_with_any_lock) {
  std::mutex guard;
  par::condition_variable bell;
  bool ready = false;
  std::unique_lock lock(guard);
  const par::thread other("ring", [&] {
    const std::lock_guard inner(guard);
    ready = true;
    bell.notify_one();
  });
  bell.wait(lock, [&] { return ready; });
}

}  // namespace
