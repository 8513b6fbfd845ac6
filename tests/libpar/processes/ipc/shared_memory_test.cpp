#include "par/processes/shared_memory.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "par/processes/process.h"

namespace par {
namespace {

TEST(shared_memory, is_zeroed_and_of_that_size) {
  const shared_memory memory(100'001);
  EXPECT_EQ(memory.size(), 100'001);
  EXPECT_TRUE(
      std::ranges::all_of(memory.bytes(), [](std::byte each) { return each == std::byte{}; }));
  EXPECT_TRUE(memory);
  EXPECT_GE(memory.native_handle(), 0);
}

TEST(shared_memory, is_seen_by_a_child) {
  const shared_memory memory(1);
  process child = process::fork([&memory] { memory.data()[0] = std::byte{7}; });
  child.join();
  EXPECT_EQ(memory.data()[0], std::byte{7});
}

TEST(shared_memory, has_cheap_copies) {
  shared_memory memory(1);
  const shared_memory copy = memory;
  EXPECT_EQ(copy.data(), memory.data());
  memory = shared_memory();
  EXPECT_EQ(memory.data(), nullptr);
  EXPECT_EQ(memory.size(), 0);
  EXPECT_FALSE(memory);
  copy.data()[0] = std::byte{1};
}

TEST(shared_memory, can_be_sent) {
  auto [mine, other] = pipe();
  process child = process::fork([&other = other] {
    const auto got = other.recv<shared_memory>();
    got.data()[got.size() - 1] = std::byte{5};
    other.send(got.size());
  });
  const shared_memory memory(12'345);
  mine.send(memory);
  EXPECT_EQ(mine.recv<std::size_t>(), memory.size());
  EXPECT_EQ(memory.data()[12'344], std::byte{5});
  EXPECT_THROW(static_cast<void>(encode(shared_memory())), std::logic_error);
}

// Nobody who has it can make it shorter, which would be the others' SIGBUS.
TEST(shared_memory, keeps_its_size) {
  const shared_memory memory(10'000);
  EXPECT_EQ(::ftruncate(memory.native_handle(), 1), -1);
  EXPECT_EQ(::ftruncate(memory.native_handle(), 20'000), -1);
}

TEST(shared_memory, of_impossible_sizes_is_an_error) {
  EXPECT_THROW(shared_memory(0), std::invalid_argument);
  EXPECT_THROW(shared_memory(std::numeric_limits<std::size_t>::max()), std::system_error);
  EXPECT_THROW(shared_memory(std::size_t{1} << 50), std::system_error);
}

TEST(shared_memory, says_what_it_lacks) {
  process child = process::fork([] {
    // A sanitizer takes descriptors to look at a kind of error it has not seen before.
    EXPECT_THROW(shared_memory(std::size_t{1} << 50), std::system_error);
    rlimit before{};
    ::getrlimit(RLIMIT_NOFILE, &before);
    const rlimit none{.rlim_cur = 3, .rlim_max = before.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &none);
    try {
      const shared_memory memory(1);
    } catch (const std::system_error& error) {
      ::setrlimit(RLIMIT_NOFILE, &before);
      return error.code() == std::errc::too_many_files_open ? 0 : 1;
    }
    return 2;
  });
  child.join();
  EXPECT_EQ(child.status(), exit_status::exited(0));
}

}  // namespace
}  // namespace par
