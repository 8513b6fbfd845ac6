#include "par/base/pooled_frame.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <set>
#include <thread>
#include <vector>

#include "libpar/pools/allocations.h"
#include "libpar/sanitized.h"

namespace {

using par::detail::pooled_frame;

constexpr std::size_t sizes[] = {1, 15, 16, 17, 40, 64, 65, 512, 1023, 1024, 1025, 5000};

void* make(std::size_t size) {
  return pooled_frame::operator new(size);
}

void drop(void* frame, std::size_t size) {
  pooled_frame::operator delete(frame, size);
}

TEST(pooled_frame, is_as_large_as_asked_for_and_aligned) {
  for (const std::size_t size : sizes) {
    for (int round = 0; round < 3; ++round) {
      void* const first = make(size);
      void* const second = make(size);
      EXPECT_NE(first, second);
      EXPECT_EQ(reinterpret_cast<std::uintptr_t>(first) % __STDCPP_DEFAULT_NEW_ALIGNMENT__, 0U);
      std::memset(first, 1, size);  // A sanitizer sees one byte too many.
      std::memset(second, 2, size);
      EXPECT_EQ(*static_cast<unsigned char*>(first), 1);
      drop(first, size);
      drop(second, size);
    }
  }
}

TEST(pooled_frame, takes_no_memory_for_a_size_that_has_ended_before) {
  if (under_address_sanitizer) GTEST_SKIP() << "frames are the heap's, to find use after free";
  for (const std::size_t size : sizes) {
    drop(make(size), size);
    const std::size_t before = allocations();
    drop(make(size), size);
    EXPECT_EQ(allocations() - before, size <= 1024 ? 0U : 1U) << size;
  }
}

TEST(pooled_frame, sizes_of_one_class_share_frames_others_do_not) {
  if (under_address_sanitizer) GTEST_SKIP() << "frames are the heap's, to find use after free";
  void* const small = make(33);
  drop(small, 33);
  void* const same = make(48);
  EXPECT_EQ(same, small);
  drop(same, 48);
  void* const larger = make(49);
  EXPECT_NE(larger, small);
  drop(larger, 49);
}

TEST(pooled_frame, keeps_a_bounded_number) {
  if (under_address_sanitizer) GTEST_SKIP() << "frames are the heap's, to find use after free";
  constexpr std::size_t size = 1024, kept = 64, made = 100;
  std::vector<void*> frames(made);
  for (void*& each : frames) each = make(size);
  for (void* each : frames) drop(each, size);
  const std::size_t before = allocations();
  for (void*& each : frames) each = make(size);
  EXPECT_EQ(allocations() - before, made - kept);
  EXPECT_EQ(std::set<void*>(frames.begin(), frames.end()).size(), made);
  for (void* each : frames) drop(each, size);
}

TEST(pooled_frame, may_end_on_another_thread) {
  for (const std::size_t size : sizes) {
    void* const frame = make(size);
    std::memset(frame, 1, size);
    std::thread([=] {
      drop(frame, size);
      drop(make(size), size);
    }).join();
  }
}

// Destroyed after the thread's list of frames, as it was made before.
struct late_frame {
  static constexpr std::size_t size = 64;
  void* frame = nullptr;
  late_frame() = default;
  late_frame(const late_frame&) = delete;
  late_frame& operator=(const late_frame&) = delete;
  ~late_frame() {
    drop(frame, size);
    drop(make(size), size);
  }
};

TEST(pooled_frame, may_end_after_the_list_is_gone) {
  std::thread([] {
    thread_local late_frame late;
    late.frame = make(late_frame::size);
    drop(make(late_frame::size), late_frame::size);
  }).join();
}

}  // namespace
