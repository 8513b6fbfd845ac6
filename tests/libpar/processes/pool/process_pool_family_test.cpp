// Pools where processes come from processes: in workers, in children, with a parent that dies
// first.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <vector>

#include "libpar/processes/pool/pool_tasks.h"
#include "par/processes/ipc/barrier.h"
#include "par/processes/ipc/condition_variable.h"
#include "par/processes/ipc/event.h"
#include "par/processes/ipc/joinable_queue.h"
#include "par/processes/ipc/mutex.h"
#include "par/processes/ipc/queue.h"
#include "par/processes/ipc/semaphore.h"
#include "par/processes/process.h"
#include "par/processes/process_pool.h"
#include "par/processes/shared_value.h"

namespace par {
namespace {

using testing::HasSubstr;

class process_pool_family_test : public pool_test {};
INSTANTIATE_TEST_SUITE_P(each, process_pool_family_test, each_start_method(), name_of_case);

void make_a_pool() {
  process_pool inner(1);
}

TEST_P(process_pool_family_test, cannot_be_made_in_a_worker) {
  process_pool pool(with(1));
  auto inner = pool.submit<&make_a_pool>();
  try {
    inner.get();
    FAIL() << "a daemon has no children";
  } catch (const remote_error& error) {
    EXPECT_EQ(error.type(), "std::logic_error");
    EXPECT_THAT(error.what(), HasSubstr("daemon"));
  }
  EXPECT_THROW(process_pool(0), std::invalid_argument);
}

TEST_P(process_pool_family_test, is_not_there_in_a_forked_child) {
  std::optional<process_pool> pool(std::in_place, with(1));
  const pid_t child = ::fork();
  if (child == 0) {
    int status = 0;
    try {
      static_cast<void>(pool->submit<&add>(1, 1));
      status = 1;
    } catch (const std::logic_error&) {  // As it should be.
      pool.reset();
    }
    ::_exit(status);
  }
  int status = -1;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(pool->submit<&add>(1, 1).get(), 2) << "the parent's goes on";
}

void add_to(shared_value<int> sum, ipc::queue<int> done, int number) {  // NOLINT(*-value-param)
  sum.with_lock([&](int& value) { value += number; });
  done.put(number);
}

TEST_P(process_pool_family_test, shares_values_and_queues_with_its_workers) {
  process_pool pool(with(2));
  const shared_value<int> sum;
  ipc::queue<int> done(100);
  std::vector<future<void>> all;
  for (int i = 1; i <= 50; ++i) all.push_back(pool.submit<&add_to>(sum, done, i));
  for (future<void>& each : all) each.get();
  EXPECT_EQ(sum.get(), 1275);
  EXPECT_EQ(done.size(), 50U);
}

void use_all(const ipc::mutex& guard, const ipc::condition_variable& ready,
             const ipc::semaphore& permits, const ipc::event& flag, const ipc::barrier& gate,
             ipc::joinable_queue<int> items) {  // NOLINT(performance-unnecessary-value-param)
  permits.acquire();
  flag.wait();
  gate.wait();
  const int item = items.get();
  const std::lock_guard lock(guard);
  items.put(item + 1);
  items.task_done();
  ready.notify_one();
}

TEST_P(process_pool_family_test, shares_locks_with_its_workers) {
  process_pool pool(with(1));
  const ipc::mutex guard;
  const ipc::condition_variable ready;
  const ipc::semaphore permits(0);
  const ipc::event flag;
  const ipc::barrier gate(2);
  ipc::joinable_queue<int> items(4);
  items.put(6);
  std::unique_lock lock(guard);
  auto done = pool.submit<&use_all>(guard, ready, permits, flag, gate, items);
  permits.release();
  flag.set();
  gate.wait();
  ready.wait(lock);
  lock.unlock();
  done.get();
  EXPECT_EQ(items.get(), 7);
  items.task_done();
  items.join();
}

class process_pool_of_a_child : public testing::Test {
 protected:
  void SetUp() override {
    if (under_thread_sanitizer) GTEST_SKIP() << "a forked child may have no threads";
  }
};

TEST_F(process_pool_of_a_child, works_unless_it_is_a_daemon) {
  process child = process::fork([] {
    process_pool inner({.workers = 2, .start = start_method::fork});
    return inner.apply<&add>(20, 22);
  });
  child.join();
  EXPECT_EQ(child.status(), exit_status::exited(42));
}

// It cannot kill its workers any more, so they end with their tasks.
TEST_F(process_pool_of_a_child, ends_where_it_has_given_up_its_rights) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can";
  constexpr uid_t nobody = 65534;
  process child = process::fork([] {
    process_pool inner({.workers = 2, .start = start_method::fork});
    if (inner.apply<&add>(20, 22) != 42) return 1;
    return ::setresuid(nobody, nobody, nobody) == 0 ? 0 : 2;
  });
  child.join();
  EXPECT_EQ(child.status(), exit_status::exited(0));
}

// The worker has the only copy of the other end.
TEST_F(process_pool_of_a_child, does_not_outlive_it) {
  auto [mine, other] = pipe();
  process child = process::fork([&in = mine, out = std::move(other)]() mutable {
    in.close();
    process_pool pool({.workers = 1, .start = start_method::fork});
    auto running = pool.submit<&wait_for_word>(out);
    static_cast<void>(running.get());
  });
  EXPECT_GT(mine.recv<pid_t>(), 0);
  child.kill();
  EXPECT_THROW(static_cast<void>(mine.recv<int>()), end_of_stream);
}

}  // namespace
}  // namespace par
