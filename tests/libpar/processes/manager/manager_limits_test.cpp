// Managers and their clients where descriptors run out.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <fstream>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>

#include "libpar/processes/few_descriptors.h"
#include "libpar/processes/manager/local_manager.h"
#include "libpar/sanitized.h"

namespace par {
namespace {

constexpr const char* takes_descriptors =
    "the sanitizer takes descriptors to look at a kind of object that it has not seen before";

// How often the process has gone to sleep.
long sleeps_of(pid_t number) {
  std::ifstream file("/proc/" + std::to_string(number) + "/status");
  const std::string wanted = "voluntary_ctxt_switches:";
  for (std::string word; file >> word;) {
    if (word == wanted && file >> word) return std::stol(word);
  }
  return 0;
}

bool is_held(const managed_mutex& guard) {
  bool held = false;
  std::jthread([&] { held = !guard.try_lock(); }).join();
  return held;
}

// It waits until there is one.
TEST(manager_limits, a_server_without_a_descriptor_for_a_client_goes_on) {
  if (under_thread_sanitizer) GTEST_SKIP() << "the sanitizer starts no threads after such a fork";
  if (under_address_sanitizer) GTEST_SKIP() << takes_descriptors;
  auto [mine, its] = pipe();
  process child = process::fork([&end = its] {
    manager_server server;
    end.send(std::pair(server.address(), server.key()));
    const few_descriptors limit(0);
    server.serve_here();
  });
  const auto [address, key] = mine.recv<std::pair<std::string, authentication_key>>();
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  int got = 0;
  std::jthread client([&, &address = address, &key = key] {
    got = manager::connect(address, key).value<int>(3).get();
  });
  // Each of its attempts ends in a sleep; after some there was one for the client.
  const long enough = sleeps_of(child.pid()) + 20;
  while (child.is_alive() && sleeps_of(child.pid()) < enough) std::this_thread::yield();
  EXPECT_TRUE(child.is_alive());
  ASSERT_EQ(::prlimit(child.pid(), RLIMIT_NOFILE, &before, nullptr), 0);
  client.join();
  EXPECT_EQ(got, 3);
  manager::connect(address, key).shutdown();
  child.join();
}

TEST(manager_limits, a_client_without_a_descriptor_for_what_it_asked_keeps_its_locks) {
  if (under_address_sanitizer) GTEST_SKIP() << takes_descriptors;
  const manager shared;
  const auto guard = shared.mutex();
  const auto ends = shared.dict<int, connection>();
  auto [mine, its] = pipe();
  ends.set(0, its);
  const std::lock_guard lock(guard);
  {
    const few_descriptors limit(0);
    EXPECT_THROW(static_cast<void>(ends.at(0)), std::system_error);
  }
  EXPECT_TRUE(is_held(guard));
  ends.at(0).send(7);
  EXPECT_EQ(mine.recv<int>(), 7);
}

TEST(manager_limits, an_answer_with_too_many_files_is_an_error) {
  local_manager local;
  const auto guard = local.shared.mutex();
  const auto ends = local.shared.dict<int, connection>();
  auto [mine, its] = pipe();
  constexpr int more_than_go = 254;
  for (int i = 0; i < more_than_go; ++i) ends.set(i, its);
  const std::lock_guard lock(guard);
  EXPECT_THROW(static_cast<void>(ends.items()), std::length_error);
  EXPECT_TRUE(is_held(guard));
  EXPECT_EQ(ends.size(), more_than_go);
}

}  // namespace
}  // namespace par
