#include "par/processes/connection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <fstream>
#include <latch>
#include <new>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "libpar/processes/few_descriptors.h"
#include "libpar/sanitized.h"
#include "par/processes/process.h"

namespace par {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::byte> bytes_of(std::string_view text) {
  const auto all = std::as_bytes(std::span(text));
  return {all.begin(), all.end()};
}

std::string text_of(std::span<const std::byte> bytes) {
  std::string text;
  for (const std::byte each : bytes) text += static_cast<char>(each);
  return text;
}

TEST(connection, carries_values_both_ways) {
  auto [a, b] = pipe();
  a.send(std::string("there"));
  b.send(std::vector{1, 2});
  EXPECT_EQ(b.recv<std::string>(), "there");
  EXPECT_THAT(a.recv<std::vector<int>>(), ElementsAre(1, 2));
}

TEST(connection, of_a_pipe_that_is_not_duplex_has_one_direction) {
  auto [in, out] = pipe(false);
  EXPECT_TRUE(in.readable() && !in.writable() && out.writable() && !out.readable());
  out.send(1);
  EXPECT_EQ(in.recv<int>(), 1);
  EXPECT_THROW(in.send(1), std::logic_error);
  EXPECT_THROW(static_cast<void>(out.recv<int>()), std::logic_error);
  EXPECT_THROW(static_cast<void>(out.poll()), std::logic_error);
}

TEST(connection, keeps_messages_apart_and_in_order) {
  auto [in, out] = pipe(false);
  for (const std::string_view each : {"a", "", "bc"}) out.send_bytes(bytes_of(each));
  EXPECT_EQ(text_of(in.recv_bytes()), "a");
  EXPECT_EQ(text_of(in.recv_bytes()), "");
  EXPECT_EQ(text_of(in.recv_bytes()), "bc");
  EXPECT_FALSE(in.poll());
}

TEST(connection, sends_parts) {
  auto [in, out] = pipe(false);
  const std::vector<std::byte> all = bytes_of("abcdef");
  out.send_bytes(all, 2);
  out.send_bytes(all, 2, 3);
  out.send_bytes(all, 6);
  EXPECT_EQ(text_of(in.recv_bytes()), "cdef");
  EXPECT_EQ(text_of(in.recv_bytes()), "cde");
  EXPECT_EQ(text_of(in.recv_bytes()), "");
  EXPECT_THROW(out.send_bytes(all, 7), std::out_of_range);
  EXPECT_THROW(out.send_bytes(all, 2, 5), std::out_of_range);
  EXPECT_FALSE(in.poll());
}

// Longer than the system's buffer and than the first piece of ours.
TEST(connection, carries_messages_of_any_length) {
  auto [in, out] = pipe(false);
  std::string text(50'000'000, 'x');
  for (std::size_t i = 0; i < text.size(); i += 997) text[i] = static_cast<char>('a' + i % 23);
  std::jthread sender([&out = out, &text] { out.send(text); });
  EXPECT_TRUE(in.recv<std::string>() == text);
}

TEST(connection, ends_when_the_other_end_is_closed) {
  auto [a, b] = pipe();
  a.send(1);
  a.send(2);
  b.send(3);
  a.close();
  EXPECT_TRUE(a.closed());
  EXPECT_TRUE(b.poll());
  EXPECT_EQ(b.recv<int>(), 1) << "what was sent before arrives";
  EXPECT_EQ(b.recv<int>(), 2);
  EXPECT_TRUE(b.poll()) << "the end can be read at once";
  EXPECT_THROW(static_cast<void>(b.recv<int>()), end_of_stream);
  try {
    b.send(4);
    FAIL() << "nobody can get it";
  } catch (const std::system_error& error) {
    EXPECT_EQ(error.code(), std::errc::broken_pipe);
  }
  EXPECT_THROW(a.send(1), std::logic_error);
  EXPECT_THROW(static_cast<void>(a.recv_bytes()), std::logic_error);
}

TEST(connection, tells_of_a_message_that_broke_off) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
  connection whole{descriptor(ends[0])};
  whole.send(std::string("to be cut"));
  std::array<char, 64> sent{};
  const ssize_t size = ::recv(ends[1], sent.data(), sent.size(), 0);
  ASSERT_GT(size, 0);
  ::close(ends[1]);
  for (ssize_t part = 1; part < size; ++part) {
    SCOPED_TRACE(part);
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
    connection in{descriptor(ends[0])};
    ASSERT_EQ(::send(ends[1], sent.data(), static_cast<std::size_t>(part), 0), part);
    ::close(ends[1]);
    EXPECT_THROW(static_cast<void>(in.recv<std::string>()), end_of_stream);
  }
}

TEST(connection, closes_at_a_message_over_the_limit) {
  auto [in, out] = pipe(false);
  out.send_bytes(bytes_of("1234"));
  out.send_bytes(bytes_of("12345"));
  EXPECT_EQ(in.recv_bytes(4).size(), 4U);
  EXPECT_THROW(static_cast<void>(in.recv_bytes(4)), message_too_long);
  EXPECT_TRUE(in.closed());
}

void allow_memory(std::size_t more) {
  std::size_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  const rlim_t size = pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)) + more;
  const rlimit limit{.rlim_cur = size, .rlim_max = size};
  ::setrlimit(RLIMIT_AS, &limit);
}

// As much of a message as somebody receives, behind a header that tells of a gigabyte and no files.
void send_much(const connection& out) {
  const std::array<std::size_t, 2> header = {std::size_t{1} << 30, 0};
  const std::vector<char> zeros(std::size_t{1} << 16);
  std::span<const char> next(reinterpret_cast<const char*>(header.data()), sizeof header);
  while (::send(out.native_handle(), next.data(), next.size(), MSG_NOSIGNAL) > 0) next = zeros;
}

TEST(connection, closes_at_a_message_that_the_memory_does_not_hold) {
  if (under_address_sanitizer || under_thread_sanitizer) GTEST_SKIP() << "they need all addresses";
  process child = process::fork([] {
    auto [in, out] = pipe(false);
    const std::jthread sender([&out = out] { send_much(out); });
    allow_memory(std::size_t{8} << 20);
    try {
      static_cast<void>(in.recv_bytes());
    } catch (const std::bad_alloc&) {
      return in.closed() ? 0 : 2;
    }
    return 3;
  });
  child.join();
  EXPECT_EQ(child.status(), exit_status::exited(0));
}

TEST(connection, receives_into_a_buffer) {
  auto [in, out] = pipe(false);
  std::array<std::byte, 6> buffer{};
  out.send_bytes(bytes_of("abc"));
  EXPECT_EQ(in.recv_bytes_into(buffer, 2), 3U);
  EXPECT_EQ(text_of(std::span(buffer).subspan(2, 3)), "abc");
  EXPECT_THROW(in.recv_bytes_into(buffer, 7), std::out_of_range);
  out.send_bytes(bytes_of("too long"));
  out.send_bytes(bytes_of("next"));
  try {
    in.recv_bytes_into(buffer);
    FAIL() << "does not fit";
  } catch (const buffer_too_short& error) {
    EXPECT_EQ(text_of(error.message()), "too long");
  }
  EXPECT_EQ(in.recv_bytes_into(buffer), 4U) << "the next message is whole";
}

TEST(connection, polls_until_something_comes) {
  auto [in, out] = pipe(false);
  EXPECT_FALSE(in.poll());
  EXPECT_FALSE(in.poll_for(1ms));
  EXPECT_FALSE(in.poll_until(std::chrono::system_clock::now() + 1ms));
  std::jthread sender([&out = out] { out.send(1); });
  EXPECT_TRUE(in.poll_until(deadline::never()));
}

TEST(connection, stops_polling_when_asked) {
  auto [in, out] = pipe(false);
  std::stop_source stop;
  std::optional<bool> got;
  std::jthread waiter(
      [&in = in, &got, &stop] { got = in.poll_until(deadline::never(), stop.get_token()); });
  stop.request_stop();
  waiter.join();
  EXPECT_EQ(got, false);
  EXPECT_FALSE(in.poll_for(1h, stop.get_token())) << "asked before";
  out.send(1);
  EXPECT_TRUE(in.poll_for(1h, std::stop_source().get_token())) << "never asked";
}

TEST(connection, refuses_a_value_of_another_type) {
  auto [in, out] = pipe(false);
  out.send(std::string("text"));
  EXPECT_THROW(static_cast<void>(in.recv<int>()), codec_error);
}

TEST(connection, can_be_sent_itself) {
  auto [in, out] = pipe(false);
  auto [talk, listen] = pipe(false);
  listen.send(out);
  auto copy = talk.recv<connection>();
  EXPECT_TRUE(copy.writable() && !copy.readable());
  out.close();
  copy.send(7);
  EXPECT_EQ(in.recv<int>(), 7);
  copy.close();
  EXPECT_THROW(static_cast<void>(in.recv<int>()), end_of_stream) << "nobody else has it";
  EXPECT_THROW(listen.send(copy), std::logic_error) << "a closed one";
}

TEST(connection, carries_as_many_open_files_as_the_system_takes) {
  auto [in, out] = pipe(false);
  auto [any, other] = pipe(false);
  std::vector<connection> many;
  parcel message;
  parcel_writer archive(message);
  archive(cereal::make_size_tag(cereal::size_type{253}));
  for (int i = 0; i < 253; ++i) archive(other);
  out.send_parcel(message);
  EXPECT_EQ(in.recv<std::vector<connection>>().size(), 253U);
  archive(other);
  EXPECT_THROW(out.send_parcel(message), std::length_error);
}

// Those that came are closed before the error is made: a sanitizer needs some to look at it. What
// is sent after them arrives.
TEST(connection, tells_that_there_is_no_descriptor_left_for_a_file) {
  auto [in, out] = pipe(false);
  auto [any, other] = pipe(false);
  parcel message;
  parcel_writer archive(message);
  archive(cereal::make_size_tag(cereal::size_type{20}));
  for (int i = 0; i < 20; ++i) archive(other);
  out.send_parcel(message);
  message.descriptors.clear();
  const few_descriptors limit(10);
  try {
    static_cast<void>(in.recv<std::vector<connection>>());
    FAIL() << "10 are too few";
  } catch (const std::system_error& error) {
    EXPECT_EQ(error.code(), std::errc::too_many_files_open);
  }
  EXPECT_TRUE(descriptor(::dup(STDIN_FILENO))) << "none of those that came is kept";
  out.send(7);
  EXPECT_EQ(in.recv<int>(), 7);
}

// Nothing is left for the eventfd that tells of a stop.
TEST(connection, is_waited_for_with_a_stop_where_no_descriptor_is_left) {
  auto [in, out] = pipe(false);
  auto [ready, other] = pipe(false);
  other.send(7);
  std::stop_source stop;
  // A sanitizer takes descriptors to look at objects of kinds that it has not seen.
  std::latch runs(1), may_stop(1), may_end(1);
  std::jthread stopper([&] {
    runs.count_down();
    may_stop.wait();
    stop.request_stop();
    may_end.wait();
  });
  runs.wait();
  {
    const few_descriptors limit(0);
    EXPECT_FALSE(in.poll_for(1ms, stop.get_token()));
    may_stop.count_down();
    EXPECT_FALSE(in.poll_until(deadline::never(), stop.get_token()));
    EXPECT_TRUE(ready.poll_until(deadline::never(), stop.get_token()));
  }
  may_end.count_down();
}

TEST(wait_readable, gives_those_that_have_something) {
  auto [in1, out1] = pipe(false);
  auto [in2, out2] = pipe(false);
  auto [in3, out3] = pipe(false);
  const std::array<connection*, 3> all = {&in1, &in2, &in3};
  EXPECT_THAT(wait_readable(all, deadline::in(0s)), IsEmpty());
  out3.send(1);
  out1.close();
  EXPECT_THAT(wait_readable(all), ElementsAre(&in1, &in3)) << "an end is something";
  std::stop_source stop;
  stop.request_stop();
  const std::array<connection*, 1> silent = {&in2};
  EXPECT_THAT(wait_readable(silent, deadline::never(), stop.get_token()), IsEmpty());
  in2.close();
  EXPECT_THROW(static_cast<void>(wait_readable(silent)), std::logic_error);
}

}  // namespace
}  // namespace par
