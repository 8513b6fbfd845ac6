// What the operand of a co_yield makes ends once, whether the generator is gone through or dropped:
// all forms that impl.md leaves to those who compile with g++ 12.
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "par/iterators/generator.h"

namespace {

using par::elements_of;
using par::generator;

int alive = 0;

// On the heap, so that sanitizers see one that ends twice.
class counted {
 public:
  explicit counted(int value) : value_(std::to_string(value) + " with a tail for the heap") {
    ++alive;
  }
  counted(const counted& other) : value_(other.value_) { ++alive; }
  counted(counted&& other) noexcept : value_(std::move(other.value_)) { ++alive; }
  counted& operator=(const counted&) = default;
  counted& operator=(counted&&) = default;
  ~counted() { --alive; }

  [[nodiscard]] int value() const { return std::stoi(value_); }

 private:
  std::string value_;
};

struct pair_of_counted {
  counted first, second;
};

using ints = generator<int, int, counted>;

ints by_value(counted x) {
  co_yield x.value();
  co_return counted(9);
}
ints by_reference(const counted& x) {
  co_yield x.value();
  co_return counted(9);
}
int read(const counted& x) {
  return x.value();
}
template <class F>
ints from_call(F f) {
  co_yield f();
  co_return counted(9);
}

ints temporary() {
  co_yield read(counted(1));
  co_return counted(2);
}
ints temporary_argument() {
  co_yield elements_of(by_value(counted(1)));
  co_return counted(2);
}
ints temporary_by_reference() {
  co_return co_yield elements_of(by_reference(counted(1)));
}
ints temporary_range() {
  co_yield elements_of(std::vector<int>(3, read(counted(1))));
  co_return counted(2);
}
ints named_aggregate() {
  const pair_of_counted both{counted(1), counted(2)};
  co_yield elements_of(by_reference(both.first));
  co_return both.second;
}
ints named_closure() {
  const counted x(1);
  const auto closure = [x] { return x.value(); };
  co_yield elements_of(from_call(closure));
  co_return counted(2);
}
ints coroutine_of_a_named_closure() {
  const counted x(1);
  const auto body = [x]() -> ints {
    co_yield x.value();
    co_return x;
  };
  co_return co_yield elements_of(body());
}
ints result_in_an_expression() {
  std::vector<counted> results;
  results.push_back(co_yield elements_of(by_value(counted(1))));
  if (co_yield read(results.front())) co_yield 5;
  co_return std::move(results.front());
}

constexpr ints (*bodies[])() = {
    temporary,       temporary_argument, temporary_by_reference,       temporary_range,
    named_aggregate, named_closure,      coroutine_of_a_named_closure, result_in_an_expression};

TEST(generator_operand, ends_once_when_all_is_done) {
  for (const auto body : bodies) {
    alive = 0;
    {
      auto items = body();
      for (const int i : items) EXPECT_GT(i, 0);
      EXPECT_GT(items.result().value(), 0);
    }
    EXPECT_EQ(alive, 0);
  }
}

TEST(generator_operand, ends_once_when_dropped_half_way) {
  for (const auto body : bodies) {
    alive = 0;
    EXPECT_EQ(body().next(), 1);
    EXPECT_EQ(alive, 0);
    body().close();
    EXPECT_EQ(alive, 0);
  }
}

generator<counted> yields_objects() {
  co_yield counted(1);
  counted x(1);
  co_yield x;
  co_yield std::move(x);
  const counted y(1);
  co_yield y;
}

TEST(generator_operand, yielded_objects_end_once) {
  for (int taken = 0; taken <= 4; ++taken) {
    alive = 0;
    {
      auto items = yields_objects();
      for (int i = 0; i < taken; ++i) EXPECT_EQ(items.next().value(), 1);
    }
    EXPECT_EQ(alive, 0) << taken;
  }
}

}  // namespace
