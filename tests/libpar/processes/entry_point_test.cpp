#include "par/processes/entry_point.h"

#include <dlfcn.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "par/processes/codec.h"

namespace par::detail {
namespace {

int three() {
  return 3;
}
int add(int a, int b) {
  return a + b;
}

TEST(entry_point, finds_functions_of_the_program) {
  const entry_point entry = entry_of(&three);
  EXPECT_EQ(entry.module, "");
  EXPECT_EQ(function_at<int()>(entry), &three);
  EXPECT_EQ(function_at<int(int, int)>(entry_of(&add))(1, 2), 3);
  EXPECT_NE(entry, entry_of(&add));
  EXPECT_EQ(function_at<int()>(entry_of(+[] { return 4; }))(), 4);
}

TEST(entry_point, finds_functions_of_a_shared_library) {
  using get_number = int();
  auto* const function = reinterpret_cast<get_number*>(::dlsym(RTLD_DEFAULT, "rand"));
  ASSERT_NE(function, nullptr);
  const entry_point entry = entry_of(function);
  EXPECT_THAT(entry.module, testing::HasSubstr(".so"));
  EXPECT_EQ(function_at<get_number>(entry), function);
}

TEST(entry_point, can_be_sent) {
  EXPECT_EQ(decode<entry_point>(encode(entry_of(&three))), entry_of(&three));
}

TEST(entry_point, is_of_what_was_loaded_only) {
  static int data = 1;
  EXPECT_THROW(static_cast<void>(entry_of(reinterpret_cast<plain_function>(&data))),
               std::invalid_argument);
}

TEST(entry_point, refuses_what_is_not_loaded_here) {
  entry_point entry = entry_of(&three);
  entry.offset = std::uint64_t{1} << 60U;
  EXPECT_THROW(static_cast<void>(function_at<int()>(entry)), codec_error) << "no code there";
  entry = entry_of(&three);
  entry.module = "/no/such/library.so";
  EXPECT_THROW(static_cast<void>(function_at<int()>(entry)), codec_error);
}

}  // namespace
}  // namespace par::detail
