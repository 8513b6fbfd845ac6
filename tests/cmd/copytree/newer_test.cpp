#include "copytree/entry/newer.h"

#include <gtest/gtest.h>

namespace copytree {
namespace {

constexpr std::int64_t second = 1'000'000'000;

file_status at_times(timespec access, timespec modification, timespec change) {
  file_status status = {};
  status.st_atim = access;
  status.st_mtim = modification;
  status.st_ctim = change;
  return status;
}

TEST(time_step, is_what_all_times_of_a_file_share) {
  EXPECT_EQ(time_step(at_times({5, 0}, {6, 0}, {7, 0})), second);
  EXPECT_EQ(time_step(at_times({5, 0}, {6, 500'000'000}, {7, 0})), 100'000'000);
  EXPECT_EQ(time_step(at_times({5, 120}, {6, 0}, {7, 4'000})), 10);
  EXPECT_EQ(time_step(at_times({5, 0}, {6, 0}, {7, 1})), 1);
}

struct newer_case {
  const char* name;
  timespec source;
  timespec copy;
  timespec changed;  // The copy; shows how its file system counts.
  bool kept;
  bool want;
};

const newer_case cases[] = {
    {"later second", {11, 0}, {10, 0}, {12, 1}, false, true},
    {"same time", {10, 5}, {10, 5}, {12, 1}, false, false},
    {"earlier second, later fraction", {9, 9}, {10, 0}, {12, 1}, false, false},
    {"later fraction", {10, 6}, {10, 5}, {12, 1}, false, true},
    {"cut to seconds there", {10, 999}, {10, 0}, {12, 0}, true, false},
    {"cut to seconds, but not by us", {10, 999}, {10, 0}, {12, 0}, false, true},
    {"cut to seconds, and still newer", {11, 999}, {10, 0}, {12, 0}, true, true},
    {"cut to 100 ns", {10, 1'234}, {10, 1'200}, {12, 100}, true, false},
    {"fine times there", {10, 1'234}, {10, 1'200}, {12, 1}, true, true},
};

TEST(is_newer, compares_as_far_as_both_can_tell) {
  for (const newer_case& c : cases) {
    SCOPED_TRACE(c.name);
    file_status source = {};
    source.st_mtim = c.source;
    EXPECT_EQ(is_newer(source, at_times({12, 0}, c.copy, c.changed), c.kept), c.want);
  }
}

}  // namespace
}  // namespace copytree
