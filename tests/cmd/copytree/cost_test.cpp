// How many system calls a copy takes.
#include <gmock/gmock.h>

#include <string>

#include "cmd/copytree/copying.h"
#include "cmd/copytree/faulty_fs.h"

namespace copytree {
namespace {

using support::dir;
using support::file;

int calls_of(const support::tree& tree) {
  const playground ground(tree);
  faulty_fs fs([](call, const char*) { return std::errc{}; });
  copy_now({ground.source()}, ground.copy(), {.fs = &fs});
  int sum = 0;
  for (int what = 0; what < static_cast<int>(call::count_of_calls); ++what) {
    sum += fs.calls(static_cast<call>(what));
  }
  return sum;
}

TEST(copy, takes_ten_system_calls_for_a_small_file) {
  support::tree few;
  for (int i = 0; i < 10; ++i) few.push_back(file(std::to_string(i), "content"));
  support::tree many = few;
  for (int i = 10; i < 110; ++i) many.push_back(file(std::to_string(i), "content"));
  EXPECT_EQ((calls_of(many) - calls_of(few)) / 100, 10);
}

TEST(copy, takes_twelve_system_calls_for_a_directory) {
  support::tree few;
  for (int i = 0; i < 10; ++i) few.push_back(dir(std::to_string(i)));
  support::tree many = few;
  for (int i = 10; i < 110; ++i) many.push_back(dir(std::to_string(i)));
  EXPECT_EQ((calls_of(many) - calls_of(few)) / 100, 12);
}

}  // namespace
}  // namespace copytree
