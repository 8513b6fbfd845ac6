#include "par/processes/process_pool.h"

#include <dlfcn.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "libpar/processes/pool/pool_tasks.h"
#include "par/locks/event.h"
#include "par/pools/as_completed.h"
#include "par/pools/executor.h"
#include "par/pools/promise.h"
#include "par/pools/shared_future.h"
#include "par/pools/thread.h"
#include "par/pools/thread_pool.h"
#include "par/pools/wait.h"

namespace par {
namespace {

using testing::HasSubstr;
class process_pool_test : public pool_test {};
INSTANTIATE_TEST_SUITE_P(each, process_pool_test, each_start_method(), name_of_case);

std::size_t length(const std::string& text) {
  return text.size();
}

int touched = 0;

void touch() noexcept {
  ++touched;
}

int touches() {
  return touched;
}

std::string throw_text(std::size_t size) {
  throw std::out_of_range(std::string(size, 'x'));
}

using submit_of_plugin = void(process_pool& pool, int number, future<int>& result);

// The fork server does not have what is loaded after it was started.
TEST_P(process_pool_test, without_the_function_fails_the_task) {
  void* const plugin = ::dlopen(PLUGIN, RTLD_NOW);
  ASSERT_NE(plugin, nullptr) << ::dlerror();
  auto* const submit = reinterpret_cast<submit_of_plugin*>(::dlsym(plugin, "submit_twice"));
  ASSERT_NE(submit, nullptr);
  process_pool pool(with(1));
  const pid_t worker = pool.submit<&own_pid>().get();
  for (int i = 0; i < 2; ++i) {
    future<int> result;
    submit(pool, 3, result);
    try {
      EXPECT_EQ(result.get(), 6);
      EXPECT_EQ(GetParam(), start_method::fork);
    } catch (const remote_error& error) {
      EXPECT_NE(GetParam(), start_method::fork);
      EXPECT_THAT(error.what(), HasSubstr(PLUGIN));
    }
  }
  EXPECT_EQ(pool.submit<&own_pid>().get(), worker);
}

TEST_P(process_pool_test, runs_functions_in_workers) {
  process_pool pool(with(2));
  EXPECT_EQ(pool.size(), 2U);
  auto sum = pool.submit<&add>(2, 3);
  EXPECT_EQ(sum.get(), 5);
  const std::vector<pid_t> pids = pool.pids();
  EXPECT_THAT(pids, testing::SizeIs(2));
  EXPECT_THAT(pids, testing::Contains(pool.submit<&own_pid>().get()));
}

TEST_P(process_pool_test, takes_arguments_as_the_function_does) {
  process_pool pool(with(1));
  EXPECT_EQ(pool.submit<&length>("four").get(), 4U);
  EXPECT_EQ(pool.submit<&add>(short{1}, 2.5).get(), 3);
  const std::string text = "by reference";
  EXPECT_EQ(pool.submit<&length>(text).get(), text.size());
  pool.submit<&touch>().get();
  EXPECT_EQ(pool.submit<&touches>().get(), 1) << "the worker's own";
  EXPECT_EQ(touched, 0);
}

TEST_P(process_pool_test, brings_back_what_a_task_threw) {
  process_pool pool(with(1));
  const pid_t worker = pool.submit<&own_pid>().get();
  for (const std::size_t size : {std::size_t{3}, std::size_t{10'000'000}}) {
    auto thrown = pool.submit<&throw_text>(size);
    try {
      static_cast<void>(thrown.get());
      FAIL() << "it throws";
    } catch (const remote_error& error) {
      EXPECT_EQ(error.type(), "std::out_of_range");
      EXPECT_EQ(std::string(error.what()).size(), size);
    }
  }
  EXPECT_EQ(pool.submit<&own_pid>().get(), worker) << "it has survived";
}

TEST_P(process_pool_test, runs_closures_in_fresh_forks) {
  process_pool pool(with({.workers = 2, .retries = 1}));
  if (GetParam() != start_method::fork) {
    EXPECT_THROW(static_cast<void>(pool.submit([] { return 1; })), std::logic_error);
    return;
  }
  const std::vector<pid_t> before = pool.pids();
  int here = 1;
  auto result = pool.submit([&here, text = std::string("captured")] {
    here += 1;
    return text + ' ' + std::to_string(here) + ' ' + std::to_string(::getpid());
  });
  const std::string got = result.get();
  EXPECT_EQ(here, 1);
  EXPECT_THAT(got, testing::StartsWith("captured 2 "));
  EXPECT_THAT(before, testing::Not(testing::Contains(std::stoi(got.substr(11)))));
  EXPECT_THAT(pool.pids(), testing::Contains(std::stoi(got.substr(11))));
  auto thrown = pool.submit([] { throw std::domain_error("from a closure"); });
  EXPECT_THROW(thrown.get(), remote_error);
  EXPECT_THROW(pool.submit([] { ::raise(SIGKILL); }).get(), worker_died);
  std::vector<future<int>> sums;
  for (int i = 0; i < 20; ++i) {
    sums.push_back(i % 2 == 0 ? pool.submit([i] { return 2 * i; }) : pool.submit<&add>(i, i));
  }
  for (int i = 0; i < 20; ++i) EXPECT_EQ(sums[static_cast<std::size_t>(i)].get(), 2 * i);
}

TEST_P(process_pool_test, runs_many_more_tasks_than_it_has_workers) {
  process_pool pool(with(3));
  std::vector<future<int>> sums;
  for (int i = 0; i < 5000; ++i) sums.push_back(pool.submit<&add>(i, 1));
  for (int i = 0; i < 5000; ++i) EXPECT_EQ(sums[static_cast<std::size_t>(i)].get(), i + 1);
}

TEST_P(process_pool_test, takes_tasks_from_several_threads) {
  process_pool pool(with(2));
  std::vector<int> sums(4);
  {
    std::vector<thread> submitters;
    for (std::size_t i = 0; i < sums.size(); ++i) {
      submitters.emplace_back([&pool, &sum = sums[i]] {
        std::vector<future<int>> all;
        for (int j = 0; j < 500; ++j) all.push_back(pool.submit<&add>(j, 1));
        for (future<int>& each : all) sum += each.get();
      });
    }
    for (thread& each : submitters) each.join();
  }
  EXPECT_THAT(sums, testing::Each(125'250));
}

TEST_P(process_pool_test, gives_futures_that_mix_with_those_of_threads) {
  process_pool processes(with(1));
  thread_pool threads(1);
  running_task running(processes);
  std::vector<future<int>> both;
  both.push_back(std::move(running.result));
  both.push_back(threads.submit([] { return 2; }));
  auto [done, not_done] = wait(both, return_when::first_completed);
  EXPECT_THAT(done, testing::ElementsAre(&both[1]));
  EXPECT_THAT(not_done, testing::ElementsAre(&both[0]));
  running.end.send(3);
  int sum = 0;
  for (future<int>& each : as_completed(std::move(both))) sum += each.get();
  EXPECT_EQ(sum, 5);
}

TEST_P(process_pool_test, lets_threads_wait_for_it) {
  process_pool processes(with(2));
  thread_pool threads(2);
  auto both = threads.submit([&] {
    auto one = processes.submit<&add>(1, 2);
    auto other = processes.submit<&add>(3, 4);
    return one.get() + other.get();
  });
  EXPECT_EQ(both.get(), 10);
}

TEST_P(process_pool_test, cancels_what_no_worker_has) {
  process_pool pool(with(1));
  running_task running(pool);
  EXPECT_FALSE(running.result.cancel());
  EXPECT_TRUE(running.result.running());
  auto queued = pool.submit<&touch>();
  EXPECT_TRUE(queued.cancel());
  EXPECT_THROW(queued.get(), future_cancelled);
  running.end.send(1);
  EXPECT_EQ(running.result.get(), 1);
  EXPECT_EQ(pool.submit<&touches>().get(), 0);
}

TEST_P(process_pool_test, gives_what_waits_behind_a_long_task_to_others) {
  process_pool pool(with(2));
  for (int round = 0; round < 20; ++round) {
    std::vector<future<int>> sums;  // So many that workers are given several ahead.
    for (int i = 0; i < 200; ++i) sums.push_back(pool.submit<&add>(i, i));
    running_task running(pool);
    for (int i = 0; i < 200; ++i) sums.push_back(pool.submit<&add>(i, i));
    wait(sums);
    running.end.send(1);
    EXPECT_EQ(running.result.get(), 1);
  }
}

// Arguments that fill the memory of a worker, which frees them only when it has done its task.
TEST_P(process_pool_test, gives_large_arguments_that_wait_behind_a_long_task_to_others) {
  process_pool pool(with(2));
  const std::string large(60'000, 'x');
  for (int round = 0; round < 5; ++round) {
    std::vector<future<std::size_t>> sizes;
    for (int i = 0; i < 50; ++i) sizes.push_back(pool.submit<&length>(large));
    running_task running(pool);
    for (int i = 0; i < 50; ++i) sizes.push_back(pool.submit<&length>(large));
    wait(sizes);
    running.end.send(1);
    EXPECT_EQ(running.result.get(), 1);
    for (future<std::size_t>& each : sizes) EXPECT_EQ(each.get(), large.size());
  }
}

TEST_P(process_pool_test, finishes_what_is_there_when_closed) {
  process_pool pool(with(2));
  EXPECT_THROW(pool.join(), std::logic_error);
  std::vector<future<int>> sums;
  for (int i = 0; i < 100; ++i) sums.push_back(pool.submit<&add>(i, i));
  pool.close();
  EXPECT_THROW(static_cast<void>(pool.submit<&add>(1, 1)), executor_closed);
  pool.join();
  for (const future<int>& each : sums) EXPECT_TRUE(each.done());
  EXPECT_EQ(sums[99].get(), 198);
  EXPECT_THAT(pool.pids(), testing::IsEmpty());
  pool.close();
  pool.join();
  EXPECT_FALSE(has_children());
}

TEST_P(process_pool_test, cancels_what_waits_at_shutdown) {
  process_pool pool(with(1));
  running_task running(pool);
  auto queued = pool.submit<&add>(1, 1);
  pool.shutdown(process_pool::pending::cancel);
  EXPECT_THROW(queued.get(), future_cancelled);
  running.end.send(4);
  pool.join();
  EXPECT_EQ(running.result.get(), 4);
}

TEST_P(process_pool_test, ends_at_once_when_terminated_or_destroyed) {
  for (const bool by_hand : {true, false}) {
    SCOPED_TRACE(by_hand);
    std::optional<process_pool> pool(std::in_place, with(2));
    running_task one(*pool);
    running_task two(*pool);
    auto queued = pool->submit<&add>(1, 1);
    if (by_hand) {
      pool->terminate();
      pool->join();
    }
    pool.reset();
    EXPECT_THROW(queued.get(), future_cancelled);
    EXPECT_THROW(static_cast<void>(two.result.get()), worker_died);
    try {
      static_cast<void>(one.result.get());
      FAIL() << "it was killed";
    } catch (const worker_died& error) {
      EXPECT_EQ(error.pid(), one.pid);
      EXPECT_EQ(error.status(), exit_status::killed(SIGKILL));
      EXPECT_THAT(error.what(), HasSubstr("SIGKILL"));
    }
    EXPECT_FALSE(has_children());
  }
}

TEST_P(process_pool_test, calls_back_on_its_own_thread) {
  process_pool pool(with(1));
  promise<std::string> name;
  auto told = name.get_future();
  shared_future<int> sum = pool.submit<&add>(1, 2).share();
  sum.add_done_callback([&](const auto& done) {
    EXPECT_EQ(done.get(), 3);
    EXPECT_THROW(pool.join(), std::logic_error);
    name.set_value(thread::current().name());
  });
  EXPECT_EQ(told.get(), "process pool");
}

// May even be destroyed there.
TEST_P(process_pool_test, can_be_destroyed_by_a_callback) {
  auto pool = std::make_unique<process_pool>(with(1));
  event gone;
  running_task running(*pool);
  shared_future<int> other = std::move(running.result).share();
  other.add_done_callback([&](const auto&) {
    pool.reset();
    gone.set();
  });
  running.end.send(1);
  gone.wait();
  EXPECT_EQ(other.get(), 1);
}

TEST_P(process_pool_test, has_workers_that_a_sigint_leaves_alone) {
  process_pool pool(with(1));
  const pid_t worker = pool.submit<&own_pid>().get();
  ASSERT_EQ(::kill(worker, SIGINT), 0);
  EXPECT_EQ(pool.submit<&own_pid>().get(), worker);
}

std::string doubled(const std::string& text) {
  return text + text;
}

// Around where they leave the ring, and long ones; several at once.
TEST_P(process_pool_test, carries_arguments_and_results_of_any_size) {
  process_pool pool(with(2));
  std::vector<future<std::string>> results;
  std::vector<std::string> wanted;
  for (const std::size_t size : {0, 1, 7, 8, 32'759, 32'760, 65'520, 65'528, 65'529, 131'073,
                                 16 << 20, 3, 70'000, 1 << 18, 12}) {
    std::string text(size, 'a');
    for (std::size_t i = 0; i < size; i += 97) text[i] = static_cast<char>('a' + i % 23);
    results.push_back(pool.submit<&doubled>(text));
    wanted.push_back(text + text);
  }
  for (std::size_t i = 0; i < wanted.size(); ++i) EXPECT_TRUE(results[i].get() == wanted[i]) << i;
}

// Files in memory are made when a worker can take them.
TEST_P(process_pool_test, holds_no_descriptors_for_long_arguments_that_wait) {
  process_pool pool(with(1));
  running_task running(pool);
  const auto files_before = open_files();
  std::vector<future<std::string>> results;
  for (int i = 0; i < 30; ++i) results.push_back(pool.submit<&doubled>(std::string(70'000, 'x')));
  EXPECT_EQ(open_files(), files_before);
  running.end.send(1);
  for (auto& each : results) EXPECT_EQ(each.get().size(), 140'000U);
}

// More than fits into the ring at once, while nobody takes results out.
TEST_P(process_pool_test, carries_many_results_that_fill_the_ring) {
  process_pool pool(with(1));
  std::vector<future<std::string>> results;
  for (int i = 0; i < 300; ++i) results.push_back(pool.submit<&doubled>(std::string(15'000, 'x')));
  for (auto& each : results) EXPECT_EQ(each.get().size(), 30'000U);
}

std::pair<connection, int> answer_on(connection end) {
  end.send(std::string("from the task"));
  return {std::move(end), 1};
}

TEST_P(process_pool_test, carries_open_files_both_ways) {
  const auto files_before = open_files();
  {
    process_pool pool(with(2));
    for (int i = 0; i < 50; ++i) {
      auto [mine, other] = pipe();
      auto result = pool.submit<&answer_on>(other);
      other.close();
      EXPECT_EQ(mine.recv<std::string>(), "from the task");
      connection back = result.get().first;
      back.send(std::string("from here"));
      EXPECT_EQ(mine.recv<std::string>(), "from here");
      back.close();
      EXPECT_THROW(static_cast<void>(mine.recv<int>()), end_of_stream) << "nobody else has it";
    }
  }
  EXPECT_EQ(open_files(), files_before);
}

}  // namespace
}  // namespace par
