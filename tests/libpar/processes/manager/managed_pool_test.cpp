#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "libpar/processes/manager/local_manager.h"
#include "par/locks/event.h"

namespace par {
namespace {

using namespace std::chrono_literals;

int square(int number) {
  return number * number;
}

std::string join_words(const std::vector<std::string>& words, const std::string& between) {
  std::string all;
  for (const std::string& each : words) all += (all.empty() ? "" : between) + each;
  return all;
}

void fail_as_told(const std::string& why) {
  if (why == "range") throw std::out_of_range(why);
  throw std::runtime_error(why);
}

void sell(const managed_value<int>& left, const managed_list<int>& sold,
          const managed_mutex& guard) {
  for (;;) {
    const par::lock_guard lock(guard);
    const int ticket = left.get();
    if (ticket == 0) return;
    sold.push_back(ticket);
    left.set(ticket - 1);
  }
}

TEST(managed_pool, runs_functions_in_the_managers_process) {
  manager shared;
  const auto pool = shared.pool(2);
  EXPECT_EQ(pool.size(), 2U);
  EXPECT_EQ(pool.apply<&::getpid>(), shared.pid());
  EXPECT_EQ(pool.apply<&square>(7), 49);
  EXPECT_EQ(pool.apply<&join_words>(std::vector<std::string>{"a", "b"}, "-"), "a-b");
  EXPECT_EQ(pool.map<&square>(std::vector{1, 2, 3}), (std::vector{1, 4, 9}));
  EXPECT_THROW(static_cast<void>(shared.pool(0)), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(shared.pool(1'000'000'000)), std::invalid_argument);
}

TEST(managed_pool, throws_what_the_function_did) {
  local_manager local;
  const auto pool = local.shared.pool(1);
  EXPECT_THROW(pool.apply<&fail_as_told>("range"), std::out_of_range);
  try {
    pool.apply<&fail_as_told>("else");
    FAIL() << "it has thrown";
  } catch (const remote_error& error) {
    EXPECT_EQ(error.type(), "std::runtime_error");
    EXPECT_STREQ(error.what(), "else");
  }
}

struct raw_proxy : detail::proxy {
  explicit raw_proxy(const managed_pool& pool) : proxy(pool.manager(), pool.object()) {}
  using proxy::call;
};

// Code that no client may name is not run, wherever it lies.
TEST(managed_pool, runs_nothing_else) {
  local_manager local;
  const raw_proxy pool(local.shared.pool(1));
  EXPECT_THROW(pool.call<std::uint64_t>(detail::operation::append, detail::entry_of(&square),
                                        detail::pack(1)),
               std::invalid_argument);
}

event& gate() {
  static event only;
  return only;
}

void wait_at_gate() {
  gate().wait();
}

TEST(managed_pool, gives_futures_that_are_waited_for) {
  local_manager local;
  const auto pool = local.shared.pool(1);
  const auto waits = pool.submit<&wait_at_gate>();
  const auto next = pool.submit<&square>(3);
  EXPECT_FALSE(waits.get_for(1ms));
  EXPECT_FALSE(next.get_for(1ms));
  std::jthread other([&] { EXPECT_EQ(next.get(), 9); });
  gate().set();
  EXPECT_TRUE(waits.get_for(1h));
  other.join();
  EXPECT_THROW(static_cast<void>(next.get()), std::out_of_range) << "it is taken";
}

// What runs there are clients like others, of the manager itself.
TEST(managed_pool, runs_what_uses_the_same_manager) {
  local_manager local;
  const auto pool = local.shared.pool(3);
  const auto left = local.shared.value<int>(30);
  const auto sold = local.shared.list<int>();
  const auto guard = local.shared.mutex();
  std::vector<managed_future<void>> sellers;
  for (int i = 0; i < 3; ++i) sellers.push_back(pool.submit<&sell>(left, sold, guard));
  for (const auto& each : sellers) each.get();
  EXPECT_EQ(sold.size(), 30U);
  EXPECT_EQ(sold.values().back(), 1);
}

}  // namespace
}  // namespace par
