#include "par/processes/listener.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "libpar/sanitized.h"
#include "par/processes/process.h"
#include "support/temp_dir.h"

namespace par {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::StartsWith;

constexpr std::size_t challenge_size = 40;
constexpr std::size_t answer_size = 64;
constexpr std::size_t verdict_size = 33;

// A socket of the test's own at an abstract address, where the other side is to be libpar's.
class raw_socket {
 public:
  explicit raw_socket(descriptor socket) : socket_(std::move(socket)) {}
  static raw_socket connected(const std::string& address) {
    raw_socket made;
    made.with(address, [&](const sockaddr* to, socklen_t size) {
      return ::connect(made.socket_.get(), to, size);
    });
    return made;
  }
  static raw_socket listening(const std::string& address) {
    raw_socket made;
    made.with(address, [&](const sockaddr* to, socklen_t size) {
      return ::bind(made.socket_.get(), to, size);
    });
    EXPECT_EQ(::listen(made.socket_.get(), 1), 0);
    return made;
  }
  [[nodiscard]] raw_socket accepted() const {
    return raw_socket(descriptor(::accept(socket_.get(), nullptr, nullptr)));
  }

  void say(std::string_view what) const {
    EXPECT_EQ(::send(socket_.get(), what.data(), what.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(what.size()));
  }
  // To one who may have gone.
  void offer(std::string_view what) const {
    static_cast<void>(::send(socket_.get(), what.data(), what.size(), MSG_NOSIGNAL));
  }
  // As much as that, or up to the end.
  [[nodiscard]] std::string hear(std::size_t size) const {
    std::string all(size, '\0');
    const ssize_t got = ::recv(socket_.get(), all.data(), size, MSG_WAITALL);
    all.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return all;
  }

 private:
  raw_socket() : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {}

  template <class Call>
  void with(const std::string& address, Call call) {
    sockaddr_un made{};
    made.sun_family = AF_UNIX;
    std::memcpy(made.sun_path, address.data(), address.size());
    made.sun_path[0] = '\0';
    const void* const any = &made;
    EXPECT_EQ(call(static_cast<const sockaddr*>(any),
                   static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + address.size())),
              0);
  }

  descriptor socket_;
};

std::string own_name() {
  return "@par-listener-test-" + std::to_string(getpid());
}

// Connects on a thread while this one accepts.
std::pair<connection, connection> meet(listener& door) {
  std::optional<connection> caller;
  std::jthread other([&] { caller = connect(door.address(), door.key()); });
  connection host = door.accept();
  other.join();
  return {std::move(host), std::move(*caller)};
}

TEST(listener, connects_two_over_every_kind_of_address) {
  const support::temp_dir scratch;
  for (const std::string& address :
       {std::string(), scratch.path().string() + "/socket", own_name(), std::string("127.0.0.1:0"),
        std::string("localhost:0"), std::string(":0")}) {
    SCOPED_TRACE(address);
    listener door({.address = address});
    auto [host, caller] = meet(door);
    host.send(std::string("welcome"));
    EXPECT_EQ(caller.recv<std::string>(), "welcome");
    // More than the system's buffers hold.
    std::jthread sender([&end = caller] { end.send(std::vector<int>(3'000'000, 7)); });
    EXPECT_EQ(host.recv<std::vector<int>>(), std::vector<int>(3'000'000, 7));
    sender.join();
    EXPECT_FALSE(host.poll());
    caller.send_bytes({});
    EXPECT_TRUE(host.poll_until(deadline::never()));
    EXPECT_TRUE(host.recv_bytes().empty());
    caller.close();
    EXPECT_THROW(static_cast<void>(host.recv<int>()), end_of_stream);
  }
}

TEST(listener, has_an_address_for_those_who_connect) {
  const support::temp_dir scratch;
  EXPECT_THAT(listener().address(), StartsWith("@par-"));
  EXPECT_NE(listener().address(), listener().address());
  const listener tcp({.address = "127.0.0.1:0"});
  EXPECT_THAT(tcp.address(), testing::MatchesRegex("127.0.0.1:[1-9][0-9]*"));
  const std::string path = scratch.path().string() + "/socket";
  {
    listener local({.address = path});
    EXPECT_EQ(local.address(), path);
    EXPECT_THROW(listener({.address = path}), std::system_error) << "taken";
    local.close();
    EXPECT_TRUE(local.closed());
    EXPECT_THROW(static_cast<void>(local.accept()), std::logic_error);
    EXPECT_THROW(static_cast<void>(local.address()), std::logic_error);
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(listener, closed_in_a_child_leaves_the_path_to_who_made_it) {
  const support::temp_dir scratch;
  listener door({.address = scratch.path().string() + "/socket"});
  process child = process::fork([&door] { door.close(); });
  child.join();
  EXPECT_TRUE(std::filesystem::exists(door.address()));
}

TEST(listener, tells_what_is_wrong_with_an_address_or_a_key) {
  EXPECT_THROW(listener({.address = "no port"}), std::invalid_argument);
  EXPECT_THROW(listener({.address = std::string("/a\0b", 4)}), std::invalid_argument);
  EXPECT_THROW(listener({.address = "/" + std::string(200, 'x')}), std::system_error);
  EXPECT_THROW(listener({.address = "/does/not/exist"}), std::system_error);
  EXPECT_THROW(listener({.address = "127.0.0.1:no-such-service"}), std::system_error);
  EXPECT_THROW(listener({.key = {}}), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(connect("@x", {})), std::invalid_argument);
}

TEST(listener, accepts_with_patience_only) {
  listener door;
  EXPECT_FALSE(door.try_accept());
  EXPECT_FALSE(door.accept_for(1ms));
  EXPECT_FALSE(door.accept_until(std::chrono::system_clock::now() + 1ms));
  std::stop_source stop;
  std::jthread stopper([&] { stop.request_stop(); });
  EXPECT_FALSE(door.accept(stop.get_token()));
  std::jthread caller([&] { static_cast<void>(connect(door.address(), door.key())); });
  while (!door.try_accept()) {
  }
}

TEST(listener, refuses_a_wrong_key_and_goes_on) {
  listener door;
  std::jthread host([&] { door.accept().send(1); });
  for (const authentication_key& wrong :
       {authentication_key("guess"), authentication_key::random()}) {
    EXPECT_THROW(static_cast<void>(connect(door.address(), wrong)), authentication_error);
  }
  EXPECT_EQ(connect(door.address(), door.key()).recv<int>(), 1);
}

// One that is silent, one that leaves, one that talks nonsense, one that never stops talking.
TEST(listener, is_not_held_up_by_strangers) {
  listener door({.patience = 1h});
  const raw_socket silent = raw_socket::connected(door.address());
  const raw_socket slow = raw_socket::connected(door.address());
  slow.say("a bit");
  static_cast<void>(raw_socket::connected(door.address()));  // Leaves.
  const raw_socket babbles = raw_socket::connected(door.address());
  babbles.say(std::string(10'000, 'x'));
  auto [host, caller] = meet(door);
  caller.send(3);
  EXPECT_EQ(host.recv<int>(), 3);
  EXPECT_EQ(babbles.hear(challenge_size).size(), challenge_size);
  EXPECT_EQ(babbles.hear(verdict_size), std::string(verdict_size, '\0')) << "refused";
}

TEST(listener, drops_who_does_not_answer_in_time) {
  listener door({.patience = 1ms});
  const raw_socket silent = raw_socket::connected(door.address());
  std::stop_source stop;
  std::jthread host([&] { static_cast<void>(door.accept(stop.get_token())); });
  EXPECT_EQ(silent.hear(challenge_size + 1).size(), challenge_size) << "and then the end";
  stop.request_stop();
}

TEST(listener, is_not_filled_up_by_strangers) {
  listener door({.patience = 1h});
  std::vector<raw_socket> many;
  for (int i = 0; i < 70; ++i) {
    many.push_back(raw_socket::connected(door.address()));
    static_cast<void>(door.try_accept());
  }
  auto [host, caller] = meet(door);
  EXPECT_EQ(many.front().hear(challenge_size + 1).size(), challenge_size) << "dropped";
  host.send(4);
  EXPECT_EQ(caller.recv<int>(), 4);
}

// Who stands between a caller and the listener learns nothing that opens the door the next time.
TEST(listener, is_not_fooled_by_a_repetition) {
  listener door;
  const raw_socket between = raw_socket::listening(own_name());
  std::string answer;
  {
    std::jthread host([&] { static_cast<void>(door.accept()); });
    std::jthread caller([&] { static_cast<void>(connect(own_name(), door.key())); });
    const raw_socket outside = between.accepted();
    const raw_socket inside = raw_socket::connected(door.address());
    outside.say(inside.hear(challenge_size));
    answer = outside.hear(answer_size);
    inside.say(answer);
    const std::string verdict = inside.hear(verdict_size);
    EXPECT_EQ(verdict[0], '\1');
    outside.say(verdict);
  }
  std::stop_source stop;
  std::jthread host([&] { EXPECT_FALSE(door.accept(stop.get_token())); });
  const raw_socket repeats = raw_socket::connected(door.address());
  EXPECT_EQ(repeats.hear(challenge_size).size(), challenge_size);
  repeats.say(answer);
  EXPECT_EQ(repeats.hear(verdict_size), std::string(verdict_size, '\0'));
  stop.request_stop();
}

TEST(connect, refuses_a_listener_that_does_not_know_the_key) {
  for (const std::string& greeting : {"par lis1" + std::string(32, 'n'), std::string(40, 'n')}) {
    const raw_socket impostor = raw_socket::listening(own_name());
    std::jthread server([&] {
      const raw_socket caller = impostor.accepted();
      caller.say(greeting);
      caller.offer('\1' + std::string(32, 'p'));
      static_cast<void>(caller.hear(answer_size));
    });
    EXPECT_THROW(static_cast<void>(connect(own_name(), authentication_key("key"))),
                 authentication_error);
  }
}

TEST(connect, tells_why_it_cannot) {
  std::string dead;
  for (const char* address : {"", "127.0.0.1:0"}) {
    {
      dead = listener({.address = address}).address();
    }
    SCOPED_TRACE(dead);
    try {
      static_cast<void>(connect(dead, authentication_key("key")));
      FAIL() << "nobody is there";
    } catch (const std::system_error& error) {
      EXPECT_EQ(error.code(), std::errc::connection_refused);
      EXPECT_THAT(error.what(), HasSubstr(dead));
    }
  }
  // Nobody accepts. Those who gave up fill the backlog all the same, which is waited for, too.
  const listener door({.backlog = 1});
  const auto reason = [&](deadline until, const std::stop_token& stop) {
    try {
      static_cast<void>(connect(door.address(), door.key(), until, stop));
      return std::error_code();
    } catch (const std::system_error& error) {
      return error.code();
    }
  };
  std::stop_source stop;
  stop.request_stop();
  for (int knocking = 0; knocking < 4; ++knocking) {
    EXPECT_EQ(reason(deadline::in(1ms), {}), std::errc::timed_out);
    EXPECT_EQ(reason(deadline::never(), stop.get_token()), std::errc::operation_canceled);
  }
}

TEST(connect, works_in_another_process) {
  if (under_thread_sanitizer) GTEST_SKIP() << "the sanitizer starts no threads after such a fork";
  for (const char* address : {"", "127.0.0.1:0"}) {
    listener door({.address = address});
    process child = process::fork([where = door.address(), key = door.key()] {
      connection host = connect(where, key);
      host.send(host.recv<int>() + 1);
    });
    connection guest = door.accept();
    guest.send(41);
    EXPECT_EQ(guest.recv<int>(), 42);
  }
}

TEST(connection, over_tcp_carries_no_open_files) {
  listener door({.address = "127.0.0.1:0"});
  auto [host, caller] = meet(door);
  auto [any, other] = pipe();
  try {
    host.send(any);
    FAIL() << "they cannot go there";
  } catch (const std::system_error& error) {
    EXPECT_EQ(error.code(), std::errc::operation_not_supported);
  }
  host.send(2);
  EXPECT_EQ(caller.recv<int>(), 2) << "nothing of it was sent";
}

TEST(authentication_key, is_random_or_given_and_can_be_sent) {
  EXPECT_EQ(authentication_key::random().bytes().size(), 32U);
  const authentication_key given("secret");
  EXPECT_EQ(given.bytes().size(), 6U);
  const auto got = decode<authentication_key>(encode(given));
  EXPECT_TRUE(std::ranges::equal(got.bytes(), given.bytes()));
  EXPECT_FALSE(std::ranges::equal(authentication_key::random().bytes(),
                                  authentication_key::random().bytes()));
}

}  // namespace
}  // namespace par
