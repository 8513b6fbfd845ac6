#include "cli/output.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

#include "cmd/cli/capture.h"
#include "support/pseudo_terminals.h"
#include "support/spawn.h"

namespace cli {
namespace {

TEST(output, keeps_small_pieces_until_flush) {
  const capture file;
  output out(file.descriptor());
  out.write("one\n");
  out.write("two\n");
  EXPECT_EQ(file.text(), "");
  EXPECT_TRUE(out.flush());
  EXPECT_EQ(file.text(), "one\ntwo\n");
}

TEST(output, keeps_the_order_of_small_and_large) {
  const capture file;
  output out(file.descriptor());
  const std::string large(200'000, 'x');
  out.write("before\n");
  out.write(large);
  EXPECT_EQ(file.text(), "before\n" + large) << "large pieces are not kept back";
  out.write("after\n");
  EXPECT_TRUE(out.flush());
  EXPECT_EQ(file.text(), "before\n" + large + "after\n");
}

TEST(output, many_pieces_arrive_in_order) {
  const capture file;
  output out(file.descriptor());
  std::string want;
  for (int i = 0; i < 50'000; ++i) {
    const std::string line = std::to_string(i) + "\n";
    out.write(line);
    want += line;
  }
  EXPECT_TRUE(out.flush());
  EXPECT_EQ(file.text(), want);
}

TEST(output, keeps_the_first_failure) {
  const support::unique_fd full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  output out(full.get());
  out.write("x");
  EXPECT_FALSE(out.failed()) << "nothing has been written yet";
  EXPECT_FALSE(out.flush());
  EXPECT_EQ(out.error(), ENOSPC);
  EXPECT_FALSE(out.closed_by_reader());
  out.write("more");
  EXPECT_FALSE(out.flush());
}

TEST(output, knows_when_the_reader_is_gone) {
  ::signal(SIGPIPE, SIG_IGN);
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
  const support::unique_fd write_end(ends[1]);
  ::close(ends[0]);
  output out(write_end.get());
  out.write(std::string(100'000, 'x'));
  EXPECT_TRUE(out.failed());
  EXPECT_TRUE(out.closed_by_reader());
}

TEST(output, gives_a_terminal_whole_lines_at_once) {
  SKIP_WITHOUT_PSEUDO_TERMINALS();
  const support::unique_fd master(::posix_openpt(O_RDWR | O_NOCTTY));
  ASSERT_EQ(::unlockpt(master.get()), 0);
  const support::unique_fd slave(::open(::ptsname(master.get()), O_RDWR | O_NOCTTY));
  output out(slave.get());
  EXPECT_TRUE(out.is_terminal());
  out.write("line\n");
  std::array<char, 100> got{};
  EXPECT_EQ(::read(master.get(), got.data(), got.size()), 6);
  EXPECT_STREQ(got.data(), "line\r\n");
}

}  // namespace
}  // namespace cli
