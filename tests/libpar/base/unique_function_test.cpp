#include "par/base/unique_function.h"

#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <string>

namespace {

using par::unique_function;

// Counts how many of it are alive; big or small enough to be kept on the heap or inside.
template <std::size_t Bytes>
struct counted {
  explicit counted(int& n) : alive(&n) { ++*alive; }
  counted(counted&& other) noexcept : alive(other.alive) { ++*alive; }
  ~counted() { --*alive; }
  int operator()(int x) { return x + static_cast<int>(sizeof(padding)); }

  int* alive;
  std::array<char, Bytes> padding{};
};

template <std::size_t Bytes>
void moves_and_destroys_exactly_once() {
  int alive = 0;
  {
    unique_function<int(int)> f(counted<Bytes>{alive});
    EXPECT_EQ(alive, 1);
    unique_function<int(int)> g(std::move(f));
    EXPECT_FALSE(f);
    EXPECT_EQ(alive, 1);
    EXPECT_EQ(g(1), 1 + static_cast<int>(Bytes));
    f = std::move(g);
    EXPECT_FALSE(g);
    EXPECT_EQ(alive, 1);
    f = counted<Bytes>{alive};
    EXPECT_EQ(alive, 1);
    auto& same = f;
    f = std::move(same);
    EXPECT_TRUE(f);
    EXPECT_EQ(alive, 1);
  }
  EXPECT_EQ(alive, 0);
}

TEST(unique_function, owns_small_callables) {
  moves_and_destroys_exactly_once<8>();
}
TEST(unique_function, owns_large_callables) {
  moves_and_destroys_exactly_once<200>();
}

TEST(unique_function, holds_what_cannot_be_copied) {
  auto owned = std::make_unique<std::string>("x");
  unique_function<std::string()> f([owned = std::move(owned)] { return *owned; });
  EXPECT_EQ(f(), "x");
}

TEST(unique_function, empty_ones_throw) {
  unique_function<void()> f;
  EXPECT_FALSE(f);
  EXPECT_THROW(f(), std::bad_function_call);
}

TEST(unique_function, reset_destroys_the_captures) {
  auto shared = std::make_shared<int>(1);
  unique_function<int()> f([shared] { return *shared; });
  EXPECT_EQ(shared.use_count(), 2);
  f.reset();
  EXPECT_EQ(shared.use_count(), 1);
  EXPECT_FALSE(f);
}

TEST(unique_function, passes_arguments_that_can_only_be_moved) {
  unique_function<int(std::unique_ptr<int>)> f([](std::unique_ptr<int> p) { return *p; });
  EXPECT_EQ(f(std::make_unique<int>(7)), 7);
}

TEST(unique_function, passes_references) {
  unique_function<void(int&)> f([](int& x) { ++x; });
  int x = 1;
  f(x);
  EXPECT_EQ(x, 2);
}

}  // namespace
