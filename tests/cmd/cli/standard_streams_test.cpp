#include "cli/standard_streams.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

namespace cli {
namespace {

// In a child, since it closes the test's own streams. Its status tells what went wrong.
[[noreturn]] void open_with_streams_closed() {
  for (const int stream : {0, 1, 2}) ::close(stream);
  occupy_standard_streams();
  if (::open("/dev/null", O_RDONLY) < 3) std::_Exit(1);
  char byte = 0;
  if (::read(0, &byte, 1) != -1 || errno != EBADF) std::_Exit(2);
  if (::write(1, &byte, 1) != -1 || errno != EBADF) std::_Exit(3);
  if (::write(2, &byte, 1) != -1 || errno != EBADF) std::_Exit(4);
  std::_Exit(0);
}

TEST(standard_streams, closed_ones_are_not_taken_by_the_next_file) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(open_with_streams_closed(), ::testing::ExitedWithCode(0), "");
}

TEST(standard_streams, open_ones_stay) {
  const int before = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  occupy_standard_streams();
  const int after = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  EXPECT_EQ(after, before + 1) << "nothing was opened in between";
  ::close(before);
  ::close(after);
}

}  // namespace
}  // namespace cli
