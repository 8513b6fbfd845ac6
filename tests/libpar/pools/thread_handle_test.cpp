#include "par/pools/thread_handle.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <latch>
#include <optional>
#include <stop_token>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "par/locks/event.h"
#include "par/pools/thread.h"

namespace {

using namespace std::chrono_literals;

bool is_listed(const par::thread_handle& handle) {
  const auto all = par::thread::enumerate();
  return std::find(all.begin(), all.end(), handle) != all.end();
}

std::string name_in_proc(pid_t id) {
  std::ifstream file("/proc/self/task/" + std::to_string(id) + "/comm");
  std::string name;
  std::getline(file, name);
  return name;
}

TEST(thread_handle, tells_what_a_thread_is_from_outside_and_inside) {
  par::event go_on;
  std::optional<par::thread_handle> inside;
  pid_t id = 0;
  std::latch ready(1);
  par::thread t("worker", [&] {
    inside = par::thread::current();
    id = gettid();
    ready.count_down();
    go_on.wait();
  });
  ready.wait();
  const par::thread_handle outside = t.handle();
  EXPECT_EQ(outside, *inside);
  EXPECT_EQ(outside.name(), "worker");
  EXPECT_EQ(outside.native_id(), id);
  EXPECT_TRUE(outside.is_alive());
  EXPECT_FALSE(outside.daemon());
  EXPECT_NE(outside.ident(), par::thread::main_thread().ident());
  go_on.set();
  t.join();
  EXPECT_FALSE(outside.is_alive());
  EXPECT_EQ(outside.name(), "worker");
  EXPECT_EQ(outside.native_id(), id);
}

TEST(thread_handle, number_is_known_as_soon_as_it_is_started) {
  for (int i = 0; i < 200; ++i) {
    pid_t id = 0;
    par::thread t("x", [&] { id = gettid(); });
    const pid_t told = t.handle().native_id();
    t.join();
    EXPECT_EQ(told, id);
  }
}

TEST(thread_handle, idents_are_not_given_out_again) {
  std::vector<std::uint64_t> idents;
  for (int i = 0; i < 50; ++i) {
    par::thread t("x", [] {});
    idents.push_back(t.handle().ident());
  }
  EXPECT_TRUE(std::is_sorted(idents.begin(), idents.end()));
  EXPECT_EQ(std::adjacent_find(idents.begin(), idents.end()), idents.end());
}

TEST(thread_handle, name_can_be_changed_while_it_runs) {
  par::event renamed, go_on;
  std::string from_inside;
  par::thread t("before", [&] {
    par::thread::current().set_name("self");
    from_inside = name_in_proc(gettid());
    renamed.set();
    go_on.wait();
  });
  renamed.wait();
  EXPECT_EQ(from_inside, "self");
  const par::thread_handle handle = t.handle();
  handle.set_name("from-outside-too-long");
  EXPECT_EQ(handle.name(), "from-outside-too-long");
  EXPECT_EQ(name_in_proc(handle.native_id()), "from-outside-to");
  go_on.set();
  t.join();
  handle.set_name("ended");
  EXPECT_EQ(handle.name(), "ended");
}

TEST(thread_handle, a_name_given_while_it_starts_is_kept) {
  for (int i = 0; i < 200; ++i) {
    par::event go_on;
    std::string shown;
    par::thread t("before", [&] {
      go_on.wait();
      shown = name_in_proc(gettid());
    });
    t.handle().set_name("after");
    go_on.set();
    t.join();
    EXPECT_EQ(shown, "after");
  }
}

TEST(thread_handle, of_the_main_thread) {
  const par::thread_handle main = par::thread::main_thread();
  EXPECT_EQ(main, par::thread::current());
  EXPECT_EQ(main.name(), "MainThread");
  EXPECT_EQ(main.native_id(), getpid());
  EXPECT_TRUE(main.is_alive());
  EXPECT_FALSE(main.daemon());
  std::optional<par::thread_handle> seen_elsewhere;
  par::thread("x", [&] { seen_elsewhere = par::thread::main_thread(); }).join();
  EXPECT_EQ(seen_elsewhere, main);
}

TEST(thread_handle, wait_ends_with_the_thread_its_time_or_a_stop) {
  par::event go_on;
  par::thread t("x", [&] { go_on.wait(); });
  const par::thread_handle handle = t.handle();
  std::stop_source stop;
  EXPECT_FALSE(handle.wait_for(1ms));
  EXPECT_FALSE(handle.wait_until(std::chrono::system_clock::now()));
  stop.request_stop();
  EXPECT_FALSE(handle.wait(stop.get_token()));
  {
    const par::thread other("other", [&] { handle.wait(); });  // Several may wait.
    go_on.set();
    handle.wait();
  }
  EXPECT_TRUE(t.joinable()) << "to wait is not to join";
  EXPECT_THROW(par::thread::current().wait(), std::system_error);
}

TEST(thread_handle, enumerate_has_those_alive_in_order) {
  par::event go_on;
  par::thread first("first", [&] { go_on.wait(); });
  par::thread second("second", [&] { go_on.wait(); });
  const auto all = par::thread::enumerate();
  EXPECT_EQ(all.size(), par::thread::active_count());
  EXPECT_TRUE(is_listed(par::thread::main_thread()));
  EXPECT_TRUE(is_listed(first.handle()));
  EXPECT_TRUE(is_listed(second.handle()));
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end(),
                             [](const auto& a, const auto& b) { return a.ident() < b.ident(); }));
  go_on.set();
  first.join();
  second.join();
  EXPECT_FALSE(is_listed(first.handle()));
  EXPECT_EQ(par::thread::active_count(), all.size() - 2);
}

TEST(thread_handle, a_foreign_thread_has_one_from_when_it_asks_until_it_ends) {
  const std::size_t before = par::thread::active_count();
  std::optional<par::thread_handle> handle;
  std::thread([&] {
    EXPECT_EQ(par::thread::active_count(), before);
    handle = par::thread::current();
    EXPECT_EQ(handle, par::thread::current());
    EXPECT_TRUE(handle->is_alive());
    EXPECT_EQ(handle->native_id(), gettid());
    EXPECT_EQ(handle->name(), name_in_proc(gettid()));
    EXPECT_EQ(par::thread::active_count(), before + 1);
  }).join();
  EXPECT_FALSE(handle->is_alive());
  handle->wait();
  EXPECT_EQ(par::thread::active_count(), before);
}

}  // namespace
