#include <gtest/gtest.h>
#include <unistd.h>

#include <cstddef>
#include <latch>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "libpar/processes/start_methods.h"
#include "libpar/sanitized.h"
#include "par/pools/thread_pool.h"
#include "par/processes/process.h"

namespace par {
namespace {

TEST(forked_process, runs_a_closure_with_what_it_captured) {
  auto [mine, other] = pipe();
  std::string here = "text";
  process child = process::fork("named", [&here, end = std::move(other)]() mutable {
    end.send(here + ' ' + process::current().name);
  });
  EXPECT_EQ(mine.recv<std::string>(), "text named");
  child.join();
  EXPECT_TRUE(child.status()->ok());
}

// The threads of a pool are at work in the parent; the child makes a pool of its own. They do not
// allocate meanwhile: the child would get the lock of the address sanitizer's allocator as it is.
TEST(forked_process, forks_while_threads_run) {
  if (under_thread_sanitizer) GTEST_SKIP() << "the sanitizer starts no threads after such a fork";
  std::latch at_work(2);
  std::latch joined(1);
  thread_pool pool(2);
  const auto work = [&] {
    at_work.count_down();
    joined.wait();
  };
  const auto one = submit(pool, work);
  const auto other = submit(pool, work);
  at_work.wait();
  process child = process::fork([] {
    thread_pool own(2);
    return submit(own, [] { return 6; }).get();
  });
  child.join();
  EXPECT_EQ(child.status(), exit_status::exited(6));
  joined.count_down();
}

// Killed at any moment, in the middle of a message too: what arrives is whole and in order.
TEST(forked_process, killed_while_it_sends_loses_no_more_than_one_message) {
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    auto [in, out] = pipe(false);
    process sender = process::fork([end = std::move(out)]() mutable {
      for (int i = 0;; ++i) end.send(std::vector<int>(static_cast<std::size_t>(i % 5000), i));
    });
    const std::size_t enough = random() % 50;
    std::size_t got = 0;
    try {
      for (;; ++got) {
        if (got == enough) sender.kill();
        const auto message = in.recv<std::vector<int>>();
        ASSERT_EQ(message, std::vector<int>(got % 5000, static_cast<int>(got)));
      }
    } catch (const end_of_stream&) {
      EXPECT_GE(got, enough);
    }
  }
}

TEST(forked_process, is_nobodys_child_in_a_child) {
  process first = process::fork(sleep_for_ever);
  process second = process::fork([&first] { first.join(); });
  second.join();
  ASSERT_TRUE(second.error());
  EXPECT_EQ(second.error()->type(), "std::logic_error");
  first.kill();
}

}  // namespace
}  // namespace par
