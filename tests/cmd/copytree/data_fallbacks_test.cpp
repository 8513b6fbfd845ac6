#include "copytree/data/data_fallbacks.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <string>

#include "cmd/copytree/data_copying.h"
#include "cmd/copytree/faulty_fs.h"

namespace copytree {
namespace {

enum class outcome { tried_once, tried_each_time, error };

struct fallback_case {
  int reason;
  outcome by_clone;
  outcome by_range;
};

using enum outcome;

const fallback_case cases[] = {
    {EXDEV, tried_once, tried_once},
    {EOPNOTSUPP, tried_once, tried_once},
    {ENOSYS, tried_once, tried_once},
    {ENOTTY, tried_once, tried_once},
    {EPERM, tried_once, tried_once},
    {ENOENT, tried_each_time, tried_once},
    {EINVAL, tried_each_time, tried_each_time},
    {ETXTBSY, tried_each_time, tried_each_time},
    {EACCES, tried_each_time, tried_each_time},
    {EFBIG, tried_each_time, tried_each_time},
    {EIO, tried_each_time, tried_each_time},
    {EAGAIN, tried_each_time, tried_each_time},
    {EBADF, tried_each_time, tried_each_time},
    {ENOMEM, tried_each_time, tried_each_time},
    {EOVERFLOW, tried_each_time, tried_each_time},
    {ENOSPC, tried_each_time, error},
    {EDQUOT, tried_each_time, error},
};

// Two files, whose copies by one way fail; counts how often it was tried.
void expect_outcome(call way, int reason, outcome wanted) {
  data_ground ground;
  if (way == call::copy_range) ground.methods.clone_refused = true;
  faulty_fs fs([&](call what, const char*) {
    return what == way ? static_cast<std::errc>(reason) : std::errc{};
  });
  const std::string content = pattern(1'000'000);
  for (int file = 0; file < 2; ++file) {
    const auto made = ground.copy(fs, content);
    ASSERT_EQ(made.has_value(), wanted != error);
    if (!made) {
      EXPECT_EQ(made.error().what, operation::write_data);
      EXPECT_EQ(made.error().reason, static_cast<std::errc>(reason));
      continue;
    }
    EXPECT_TRUE(ground.copied() == content);
    EXPECT_EQ(ground.moved, content.size());
  }
  EXPECT_EQ(fs.calls(way), wanted == tried_once ? 1 : 2);
}

TEST(data_fallbacks, lead_from_each_refusal_to_the_next_way) {
  for (const fallback_case& c : cases) {
    SCOPED_TRACE(c.reason);
    // The real file system below may not have clones: what fails here is asked before it.
    expect_outcome(call::clone, c.reason, c.by_clone);
    expect_outcome(call::copy_range, c.reason, c.by_range);
  }
}

TEST(data_fallbacks, fail_instead_if_blocks_must_be_shared) {
  for (const fallback_case& c : cases) {
    SCOPED_TRACE(c.reason);
    data_ground ground;
    ground.reflink = policy::always;
    faulty_fs fs([&](call what, const char*) {
      return what == call::clone ? static_cast<std::errc>(c.reason) : std::errc{};
    });
    for (int file = 0; file < 2; ++file) {
      const auto made = ground.copy(fs, "x");
      ASSERT_FALSE(made);
      EXPECT_EQ(made.error().what, operation::clone);
      EXPECT_EQ(made.error().reason, static_cast<std::errc>(c.reason));
    }
    EXPECT_EQ(fs.calls(call::clone), 2);
  }
}

// In the middle of a file nothing is said of the next.
TEST(data_fallbacks, remember_no_refusal_after_some_has_been_copied) {
  data_ground ground;
  ground.methods.clone_refused = true;
  faulty_fs fs([count = 0](call what, const char*) mutable {
    return what == call::copy_range && ++count == 2 ? std::errc::not_supported : std::errc{};
  });
  const std::string content = pattern(20'000'000);
  EXPECT_EQ(bytes_of(ground.copy(fs, content)), content.size());
  EXPECT_TRUE(ground.copied() == content);
  EXPECT_FALSE(ground.methods.range_refused);
}

TEST(data_fallbacks, keep_the_kernel_out_of_it_where_blocks_must_not_be_shared) {
  data_ground ground;
  ground.reflink = policy::never;
  faulty_fs fs([](call, const char*) { return std::errc{}; });
  const std::string content = pattern(1'000'000);
  EXPECT_EQ(bytes_of(ground.copy(fs, content)), content.size());
  EXPECT_EQ(fs.calls(call::clone) + fs.calls(call::copy_range), 0);
}

}  // namespace
}  // namespace copytree
