#include <gtest/gtest.h>
#include <pthread.h>
#include <unistd.h>

#include <cstddef>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <latch>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "libpar/processes/start_methods.h"
#include "libpar/sanitized.h"
#include "par/pools/thread_pool.h"
#include "par/processes/process.h"
#include "support/temp_dir.h"

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

// As other threads do, between the flush and the fork.
TEST(forked_process, leaves_what_its_parent_prints_to_the_parent) {
  const support::temp_dir scratch;
  const std::string path = scratch.path() / "printed";
  process printer = process::fork([&path] {
    if (std::freopen(path.c_str(), "w", stdout) == nullptr) return 1;
    pthread_atfork([] { std::printf("late "); }, nullptr, nullptr);
    std::printf("early ");
    process child = process::fork([] { std::printf("child "); });
    child.join();
    return 0;
  });
  printer.join();
  EXPECT_TRUE(printer.status()->ok());
  std::ifstream file(path);
  const std::string text(std::istreambuf_iterator<char>(file), {});
  EXPECT_EQ(text, "early child late ");
}

// It ends with this process.
TEST(forked_process, that_may_not_be_killed_any_more_is_left_alone) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give up its rights";
  auto [mine, its] = pipe(false);
  constexpr uid_t nobody = 65534;
  process parent = process::fork([end = std::move(its)] {
    const process daemon = process::fork({.daemon = true}, sleep_for_ever);
    return ::setresuid(nobody, nobody, nobody) == 0 ? 0 : 1;
  });
  parent.join();
  EXPECT_EQ(parent.status(), exit_status::exited(0));
  EXPECT_THROW(static_cast<void>(mine.recv<int>()), end_of_stream);
}

}  // namespace
}  // namespace par
