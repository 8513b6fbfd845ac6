#include "countips/clients/client_queue.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <set>
#include <string>

namespace countips {
namespace {

// Clients of all kinds go to several sets in turn, some of them again and again.
TEST(client_queue, brings_every_client_to_its_set) {
  std::mt19937_64 random(1);
  std::array<client_set, 3> sets;
  std::array<std::set<std::string>, 3> slow;
  client_queue queue;
  for (int i = 0; i < 100'000; ++i) {
    const std::size_t to = random() % sets.size();
    const std::uint64_t number = random() % 40'000;
    const std::string name = "host" + std::to_string(number % 100);
    const int kind = static_cast<int>(random() % 3);
    client who = std::string_view(name);
    if (kind == 1) who = ipv4_address{static_cast<std::uint32_t>(number)};
    if (kind == 2) who = ipv6_address{number % 7, number / 7};
    queue.insert(sets[to], who);
    slow[to].insert(kind == 0 ? name : std::to_string(kind) + ':' + std::to_string(number));
  }
  queue.flush();
  for (std::size_t i = 0; i < sets.size(); ++i) EXPECT_EQ(sets[i].size(), slow[i].size());
  queue.flush();
  for (std::size_t i = 0; i < sets.size(); ++i) EXPECT_EQ(sets[i].size(), slow[i].size());
}

}  // namespace
}  // namespace countips
