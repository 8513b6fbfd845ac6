#include "par/processes/ipc/condition_variable.h"

#include <gtest/gtest.h>

#include <mutex>
#include <vector>

#include "libpar/sanitized.h"
#include "par/pools/thread.h"
#include "par/processes/ipc/mutex.h"
#include "par/processes/ipc/recursive_mutex.h"
#include "victims.h"

namespace par::ipc {
namespace {

using namespace std::chrono_literals;

// Children that wait once and count how many have been notified.
struct room {
  ipc::mutex guard;
  condition_variable ready;
  numbers shared{2};  // How many came; how many have left.

  void come_and_leave() {
    std::unique_lock lock(guard);
    shared[0].fetch_add(1);
    ready.wait(lock);
    shared[1].fetch_add(1);
  }
  // When it says so all that came wait, since they come with the lock held.
  [[nodiscard]] bool have_come(std::uint64_t count) {
    return soon([&] {
      const std::lock_guard lock(guard);
      return shared[0] == count;
    });
  }
  [[nodiscard]] bool have_left(std::uint64_t count) {
    return soon([&] { return shared[1] >= count; });
  }
};

// Python's check_notify, between processes.
TEST(ipc_condition_variable, wakes_exactly_as_many_as_asked_for) {
  room all;
  std::vector<process> children;
  for (int i = 0; i < 6; ++i) fork_into(children, [&] { all.come_and_leave(); });
  ASSERT_TRUE(all.have_come(6));
  all.ready.notify(3);
  EXPECT_TRUE(all.have_left(3));
  all.ready.notify(1);
  EXPECT_TRUE(all.have_left(4));
  EXPECT_EQ(all.shared[1], 4);
  all.ready.notify(5);
  EXPECT_TRUE(all.have_left(6));
  all.ready.notify_all();  // Nobody waits: nothing is kept for later.
  process late = process::fork([&] { all.come_and_leave(); });
  EXPECT_TRUE(all.have_come(7));
  EXPECT_TRUE(falls_asleep(late.pid()));
  EXPECT_EQ(all.shared[1], 6);
  all.ready.notify_one();
}

TEST(ipc_condition_variable, wakes_in_order_of_arrival) {
  room all;
  std::vector<process> children;
  for (std::uint64_t i = 1; i <= 4; ++i) {
    fork_into(children, [&] { all.come_and_leave(); });
    ASSERT_TRUE(all.have_come(i));
  }
  for (process& each : children) {
    all.ready.notify_one();
    each.join();
  }
}

TEST(ipc_condition_variable, passes_over_those_who_died) {
  room all;
  std::vector<process> children;
  for (int i = 0; i < 5; ++i) {
    fork_into(children, [&] { all.come_and_leave(); });
    ASSERT_TRUE(all.have_come(static_cast<std::uint64_t>(i + 1)));
  }
  for (const std::size_t dies : {0U, 1U, 3U}) {
    children[dies].kill();
    children[dies].join();
  }
  all.ready.notify_one();
  children[2].join();
  all.ready.notify_one();
  children[4].join();
  EXPECT_EQ(all.shared[1], 2);
}

TEST(ipc_condition_variable, gives_up_when_the_time_is_up) {
  const ipc::mutex guard;
  const condition_variable ready;
  std::unique_lock lock(guard);
  EXPECT_EQ(ready.wait_for(lock, 1ms), std::cv_status::timeout);
  EXPECT_EQ(ready.wait_until(lock, std::chrono::system_clock::now()), std::cv_status::timeout);
  EXPECT_FALSE(ready.wait_for(lock, 1ms, [] { return false; }));
  EXPECT_TRUE(ready.wait_for(lock, 1ms, [] { return true; }));
  EXPECT_TRUE(lock.owns_lock());
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(ready.wait(lock, stop.get_token()));
  EXPECT_FALSE(ready.wait(lock, stop.get_token(), [] { return false; }));
}

TEST(ipc_condition_variable, stops_waiting_when_asked) {
  if (under_thread_sanitizer) GTEST_SKIP() << "the sanitizer starts no threads after a fork";
  const ipc::mutex guard;
  const condition_variable ready;
  EXPECT_EQ(answer_of([&] {
              std::stop_source stop;
              const thread asks("asks", [&] {
                static_cast<void>(falls_asleep(getpid()));
                stop.request_stop();
              });
              std::unique_lock lock(guard);
              return ready.wait(lock, stop.get_token());
            }),
            0);
}

TEST(ipc_condition_variable, gives_back_every_level) {
  const recursive_mutex guard;
  const condition_variable ready;
  const numbers shared(1);
  process child = process::fork([&] {
    std::unique_lock outer(guard);
    std::unique_lock inner(guard);
    ready.wait(inner, [&] { return shared[0] == 1; });
    return static_cast<int>(guard.levels());
  });
  EXPECT_TRUE(soon([&] {
    const std::lock_guard lock(guard);
    shared[0] = 1;
    ready.notify_all();
    return state_of(child.pid()) != 'S';
  }));
  child.join();
  EXPECT_EQ(child.status()->code(), 2);
}

// Somebody died with the lock while this one waited.
template <class Mutex>
int wait_for_a_lock_that_is_abandoned(const Mutex& guard, const condition_variable& ready,
                                      const numbers& shared) {
  std::unique_lock lock(guard);
  shared[0] = 1;
  try {
    ready.wait(lock);
  } catch (const owner_died&) {
    return lock.owns_lock() ? 6 : 5;
  }
  return 7;
}

template <class Mutex>
void abandon_while_another_waits() {
  const Mutex guard;
  const condition_variable ready;
  const numbers shared(1);
  process child =
      process::fork([&] { return wait_for_a_lock_that_is_abandoned(guard, ready, shared); });
  EXPECT_TRUE(soon([&] { return shared[0] == 1; }));
  run_and_die([&] {
    guard.lock();
    ready.notify_one();
  });
  child.join();
  EXPECT_EQ(child.status()->code(), 5);
}

TEST(ipc_condition_variable, does_not_hold_a_lock_that_was_abandoned) {
  abandon_while_another_waits<ipc::mutex>();
  abandon_while_another_waits<recursive_mutex>();
}

TEST(ipc_condition_variable, needs_the_lock) {
  ipc::mutex guard;
  const condition_variable ready;
  EXPECT_THROW(ready.wait(guard), std::system_error);
  std::unique_lock lock(guard);
  process child = process::fork([&] {
    const std::lock_guard own(guard);
    ready.notify(1);
  });
  ready.wait(lock);
}

// A place is free again when its user has gone, however that was.
TEST(ipc_condition_variable, has_places_for_those_who_wait_now) {
  const ipc::mutex guard;
  const condition_variable ready;
  std::unique_lock lock(guard);
  for (std::size_t i = 0; i < 2 * condition_variable::most_waiters; ++i) {
    EXPECT_EQ(ready.wait_for(lock, 0s), std::cv_status::timeout);
  }
  lock.unlock();
  for (int i = 0; i < 20; ++i) {
    run_and_die([&] {
      die_at("condition_variable.wait.enlisted");
      std::unique_lock own(guard, std::defer_lock);
      static_cast<void>(guard.recover());
      ready.wait(guard);
    });
  }
  EXPECT_TRUE(guard.recover());
  EXPECT_EQ(ready.wait_for(guard, 0s), std::cv_status::timeout);
}

TEST(ipc_condition_variable, can_be_sent) {
  auto [mine, other] = pipe();
  process child = process::fork([&end = other] {
    const auto [guard, ready] = end.recv<std::pair<ipc::mutex, condition_variable>>();
    std::unique_lock lock(guard);
    ready.notify_one();
  });
  const std::pair<ipc::mutex, condition_variable> sent;
  std::unique_lock lock(sent.first);
  mine.send(sent);
  sent.second.wait(lock);
}

}  // namespace
}  // namespace par::ipc
