#include "par/base/function_ref.h"

#include <gtest/gtest.h>

namespace {

int twice(int x) {
  return 2 * x;
}

int call(par::function_ref<int(int)> f, int x) {
  return f(x);
}

TEST(function_ref, calls_functions_and_objects) {
  EXPECT_EQ(call(&twice, 4), 8);
  EXPECT_EQ(call([](int x) { return x + 1; }, 4), 5);
}

TEST(function_ref, refers_and_does_not_copy) {
  int calls = 0;
  auto count = [&calls](int x) mutable { return ++calls, x; };
  const par::function_ref<int(int)> ref = count;
  const par::function_ref<int(int)> copy = ref;
  ref(1);
  copy(1);
  EXPECT_EQ(calls, 2);
}

TEST(function_ref, keeps_reference_arguments_and_results) {
  int value = 1;
  auto same = [](int& x) -> int& { return x; };
  const par::function_ref<int&(int&)> ref = same;
  EXPECT_EQ(&ref(value), &value);
}

}  // namespace
