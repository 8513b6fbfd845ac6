#include "cli/write_all.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <string>

#include "par/pools/thread.h"
#include "support/spawn.h"

namespace cli {
namespace {

struct pipe_ends {
  support::unique_fd read;
  support::unique_fd write;
};

pipe_ends make_pipe() {
  std::array<int, 2> ends{};
  EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
  return {support::unique_fd(ends[0]), support::unique_fd(ends[1])};
}

std::string read_to_end(int descriptor) {
  std::string all;
  std::array<char, 1000> part{};
  for (ssize_t got = 0; (got = ::read(descriptor, part.data(), part.size())) > 0;) {
    all.append(part.data(), static_cast<std::size_t>(got));
  }
  return all;
}

std::string numbered(std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>('a' + i % 26);
  return text;
}

TEST(write_all, carries_on_when_a_full_pipe_does_not_block) {
  pipe_ends ends = make_pipe();
  ASSERT_EQ(::fcntl(ends.write.get(), F_SETFL, O_NONBLOCK), 0);
  const std::string text = numbered(1'000'000);
  std::string got;
  {
    const par::thread reader("reader", [&] { got = read_to_end(ends.read.get()); });
    EXPECT_EQ(write_all(ends.write.get(), text), 0);
    ends.write.reset();
  }
  EXPECT_EQ(got, text);
}

TEST(write_all, gives_up_a_reader_that_takes_nothing_once_it_should_stop) {
  const pipe_ends ends = make_pipe();
  const std::atomic<bool> stop = true;
  EXPECT_EQ(write_all(ends.write.get(), numbered(1'000'000), &stop), ECANCELED);
}

TEST(write_all, loses_nothing_to_a_reader_that_reads_though_it_should_stop) {
  pipe_ends ends = make_pipe();
  const std::atomic<bool> stop = true;
  const std::string text = numbered(1'000'000);
  std::string got;
  {
    const par::thread reader("reader", [&] { got = read_to_end(ends.read.get()); });
    EXPECT_EQ(write_all(ends.write.get(), text, &stop), 0);
    ends.write.reset();
  }
  EXPECT_EQ(got, text);
}

TEST(write_all, tells_why_it_failed) {
  const support::unique_fd full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  EXPECT_EQ(write_all(full.get(), "x"), ENOSPC);
  EXPECT_EQ(write_all(full.get(), ""), 0) << "nothing to write, nothing to fail";
  EXPECT_EQ(write_all(-1, "x"), EBADF);
}

TEST(write_all, without_a_reader_gives_epipe) {
  ::signal(SIGPIPE, SIG_IGN);
  pipe_ends ends = make_pipe();
  ends.read.reset();
  EXPECT_EQ(write_all(ends.write.get(), "x"), EPIPE);
}

}  // namespace
}  // namespace cli
