#include "par/processes/ipc/semaphore.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <system_error>
#include <vector>

#include "libpar/sanitized.h"
#include "par/pools/thread.h"
#include "victims.h"

namespace par::ipc {
namespace {

using namespace std::chrono_literals;

TEST(ipc_semaphore, has_permits) {
  const semaphore permits(2);
  EXPECT_TRUE(permits.try_acquire());
  EXPECT_TRUE(answer_of([&] { return permits.try_acquire(); }));
  EXPECT_FALSE(permits.try_acquire());
  EXPECT_FALSE(permits.try_acquire_for(1ms));
  EXPECT_FALSE(permits.try_acquire_until(std::chrono::steady_clock::now() + 1ms));
  permits.release(3);
  EXPECT_EQ(permits.free(), 3);
  permits.acquire();
  EXPECT_TRUE(permits.try_acquire_for(1h));
}

TEST(ipc_semaphore, checks_its_bounds) {
  EXPECT_THROW(semaphore(semaphore::max() + 1), std::invalid_argument);
  const semaphore full(semaphore::max());
  EXPECT_THROW(full.release(), std::system_error);
  EXPECT_THROW(full.release(static_cast<std::size_t>(-1)), std::system_error);
  const bounded_semaphore bounded(2);
  EXPECT_THROW(bounded.release(), std::system_error);
  bounded.acquire();
  EXPECT_THROW(bounded.release(2), std::system_error);
  bounded.release();
  EXPECT_EQ(bounded.free(), 2);
}

// More than the kernel adds at a time; each child takes its share and ends.
TEST(ipc_semaphore, wakes_all_it_has_permits_for) {
  const semaphore permits(0);
  std::vector<process> children;
  for (int i = 0; i < 6; ++i) {
    fork_into(children, [&] {
      for (int each = 0; each < 1000; ++each) permits.acquire();
    });
  }
  for (process& each : children) EXPECT_TRUE(falls_asleep(each.pid()));
  permits.release(5000);
  permits.release(1000);
  for (process& each : children) each.join();
  EXPECT_EQ(permits.free(), 0);
}

TEST(ipc_semaphore, lets_no_more_in_than_it_has_permits) {
  const semaphore seats(2);
  const numbers shared(2);
  std::vector<process> guests;
  for (int i = 0; i < 4; ++i) {
    fork_into(guests, [&] {
      for (int each = 0; each < 500; ++each) {
        seats.acquire();
        if (shared[0].fetch_add(1) >= 2) shared[1] = 1;
        shared[0].fetch_sub(1);
        seats.release();
      }
    });
  }
  for (process& each : guests) each.join();
  EXPECT_EQ(shared[1], 0);
  EXPECT_EQ(seats.free(), 2);
}

TEST(ipc_semaphore, stops_waiting_when_asked) {
  if (under_thread_sanitizer) GTEST_SKIP() << "the sanitizer starts no threads after a fork";
  const semaphore permits(0);
  EXPECT_EQ(answer_of([&] {
              std::stop_source stop;
              const thread asks("asks", [&] {
                static_cast<void>(falls_asleep(getpid()));
                stop.request_stop();
              });
              return permits.acquire(stop.get_token());
            }),
            0);
}

TEST(ipc_semaphore, can_be_sent) {
  auto [mine, other] = pipe();
  process child = process::fork([&end = other] {
    const auto [first, second] = end.recv<std::pair<semaphore, bounded_semaphore>>();
    first.acquire();
    second.release();
  });
  const std::pair sent(semaphore(0), bounded_semaphore(1));
  sent.second.acquire();
  mine.send(sent);
  sent.first.release();
  sent.second.acquire();
  child.join();
  EXPECT_TRUE(child.status()->ok());
}

}  // namespace
}  // namespace par::ipc
