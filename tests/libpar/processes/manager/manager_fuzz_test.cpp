// What a client with the key may send: whatever it is, the manager goes on serving the others.
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <system_error>
#include <vector>

#include "libpar/processes/manager/local_manager.h"

namespace par {
namespace {

class request_maker {
 public:
  std::vector<std::byte> next() {
    parcel made;
    parcel_writer to(made);
    const std::int64_t patience = random_() % 8 == 0 ? 1'000'000 : 0;
    to(std::uint64_t{random_() % 16}, static_cast<std::uint16_t>(random_() % 40), patience);
    for (std::size_t i = random_() % 4; i > 0; --i) add_argument(to);
    mutate(made.bytes);
    return made.bytes;
  }

 private:
  void add_argument(parcel_writer& to) {
    const auto kind = random_() % 7;
    if (kind == 6) to(detail::entry_point{.offset = random_() % 1'000'000});
    if (kind == 0) to(std::uint64_t{random_() % 4});
    if (kind == 1) to(static_cast<std::uint8_t>(random_()));
    if (kind == 2) to(std::string(random_() % 6, 'k'));
    if (kind == 3) to(detail::pack(std::string("value")));
    if (kind == 4) to(std::vector<detail::packed>{detail::pack(1), detail::pack(2)});
    if (kind == 5) to(std::uint64_t{random_()} << (random_() % 33));
  }

  void mutate(std::vector<std::byte>& bytes) {
    if (random_() % 3 != 0) return;
    for (std::size_t i = random_() % 4; i > 0; --i) {
      bytes[random_() % bytes.size()] = static_cast<std::byte>(random_());
    }
    // A patience without end would have to be waited for.
    if (bytes.size() > 17) bytes[17] &= std::byte{0};
    if (random_() % 4 == 0) bytes.resize(random_() % (bytes.size() + 1));
    if (bytes.size() >= 10 && bytes[8] == std::byte{2} && bytes[9] == std::byte{0}) {
      bytes[8] = std::byte{9};  // Not to shut it down.
    }
  }

  std::mt19937 random_{1};
};

bool is_shutdown(const std::vector<std::byte>& bytes) {
  return bytes.size() >= 10 && bytes[0] == std::byte{0} && bytes[8] == std::byte{2} &&
         bytes[9] == std::byte{0};
}

bool may_wait_for_ever(const std::vector<std::byte>& bytes) {
  for (std::size_t i = 14; i < 18 && i < bytes.size(); ++i) {
    if (bytes[i] != std::byte{0}) return true;
  }
  return false;
}

TEST(manager, survives_requests_of_any_bytes) {
  local_manager local;
  const auto dict = local.shared.dict<std::string, std::string>();
  static_cast<void>(local.shared.list<int>({1, 2, 3}));
  static_cast<void>(local.shared.queue<int>(2));
  static_cast<void>(local.shared.mutex());
  static_cast<void>(local.shared.recursive_mutex());
  static_cast<void>(local.shared.semaphore(2));
  static_cast<void>(local.shared.bounded_semaphore(2));
  static_cast<void>(local.shared.condition_variable());
  static_cast<void>(local.shared.event());
  static_cast<void>(local.shared.barrier(2));
  static_cast<void>(local.shared.pool(1));
  request_maker requests;
  connection channel = connect(local.server.address(), local.server.key());
  for (int round = 0; round < 10'000; ++round) {
    const std::vector<std::byte> bytes = requests.next();
    if (is_shutdown(bytes) || may_wait_for_ever(bytes)) continue;
    channel.send_bytes(bytes);
    if (!bytes.empty()) static_cast<void>(channel.recv_bytes());
    if (round % 1000 == 0) channel = connect(local.server.address(), local.server.key());
  }
  const auto other = local.shared.dict<std::string, std::string>();
  other.set("still", "there");
  EXPECT_EQ(other.at("still"), "there");
}

// Bytes that are no messages at all.
TEST(manager, survives_a_client_that_talks_nonsense) {
  local_manager local;
  const auto other = local.shared.value<int>(5);
  std::mt19937 random(2);
  for (int round = 0; round < 200; ++round) {
    const connection channel = connect(local.server.address(), local.server.key());
    std::string noise(random() % 200, '\0');
    for (char& each : noise) each = static_cast<char>(random());
    if (round % 4 == 1) noise = std::string(7, '\x7f') + std::string(9, '\0') + noise;
    if (round % 4 == 0) noise = std::string(16, '\xff') + noise;
    ::send(channel.native_handle(), noise.data(), noise.size(), MSG_NOSIGNAL);
  }
  EXPECT_EQ(other.get(), 5);
}

}  // namespace
}  // namespace par
