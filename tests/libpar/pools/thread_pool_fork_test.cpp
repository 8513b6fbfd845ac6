// What a thread pool does in the child of a fork().
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <latch>
#include <memory>

#include "par/pools/thread_pool.h"

namespace {

#ifdef __SANITIZE_THREAD__
constexpr bool may_start_threads_after_fork = false;
#else
constexpr bool may_start_threads_after_fork = true;
#endif

class thread_pool_after_fork : public testing::Test {
 protected:
  void SetUp() override {
    if (!may_start_threads_after_fork) {
      GTEST_SKIP() << "the thread sanitizer ends a forked child that starts a thread";
    }
  }
};

// The status of a child that runs f and exits with what it returns.
template <class F>
int status_of_child(F f) {
  const pid_t child = fork();
  if (child == 0) _exit(f());
  int status = -1;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

// Keeps every thread of a pool asleep in a task, from its construction until let go: the lock of a
// sanitizer's allocator that one of them held at a fork would be held for ever in the child.
class sleeping_threads {
 public:
  sleeping_threads(par::thread_pool& pool, int threads) : pool_(pool), asleep_(threads) {
    for (int i = 0; i < threads; ++i) {
      pool.post([this] {
        asleep_.count_down();
        go_.wait();
      });
    }
    asleep_.wait();
  }
  // Returns once all tasks of the pool have ended.
  void let_go() {
    go_.count_down();
    pool_.wait_idle();
  }

 private:
  par::thread_pool& pool_;
  std::latch asleep_, go_{1};
};

TEST_F(thread_pool_after_fork, starts_threads_of_its_own_in_the_child) {
  par::thread_pool pool(2);
  sleeping_threads parents(pool, 2);
  EXPECT_EQ(status_of_child([&] {
              const int answer = pool.submit([] { return 41; }).get() + 1;
              pool.post([] {});
              pool.wait_idle();
              return answer;
            }),
            42);
  parents.let_go();
  EXPECT_EQ(pool.submit([] { return 2; }).get(), 2);
}

TEST_F(thread_pool_after_fork, leaves_what_was_queued_to_the_parent) {
  par::thread_pool pool(1);
  sleeping_threads parents(pool, 1);
  std::atomic<int> runs = 0;
  for (int i = 0; i < 5; ++i) pool.post([&] { ++runs; });
  EXPECT_EQ(status_of_child([&] {
              pool.wait_idle();
              pool.submit([&] { ++runs; }).get();
              return runs.load();
            }),
            1);
  parents.let_go();
  EXPECT_EQ(runs, 5);
}

TEST_F(thread_pool_after_fork, may_be_destroyed_in_the_child) {
  auto pool = std::make_unique<par::thread_pool>(3);
  sleeping_threads parents(*pool, 3);
  EXPECT_EQ(status_of_child([&] {
              pool.reset();
              return 7;
            }),
            7);
  parents.let_go();
}

TEST_F(thread_pool_after_fork, a_task_may_fork) {
  par::thread_pool pool(2);
  sleeping_threads parents(pool, 1);
  auto status = pool.submit(
      [&] { return status_of_child([&] { return pool.submit([] { return 9; }).get(); }); });
  EXPECT_EQ(status.get(), 9);
  parents.let_go();
}

// Whatever the parent's threads hold at that moment.
TEST_F(thread_pool_after_fork, works_while_the_parents_pool_is_busy) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "the address sanitizer's allocator may be locked for ever in the child";
#endif
  par::thread_pool pool(2);
  std::atomic<bool> enough = false;
  par::thread_pool posters(2);
  for (int i = 0; i < 2; ++i) {
    posters.post([&] {
      while (!enough) pool.submit([] {}).get();
    });
  }
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(status_of_child([&] { return pool.submit([] { return 3; }).get(); }), 3);
  }
  enough = true;
  posters.wait_idle();
}

}  // namespace
