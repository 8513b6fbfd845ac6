#include "countips/clients/client_counts.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <utility>

#include "cmd/countips/client_text.h"

namespace countips {
namespace {

using slow_counts = std::map<std::string, std::uint64_t>;

slow_counts as_map(const client_counts& counts) {
  slow_counts all;
  counts.for_each([&](const client& who, std::uint64_t count) {
    EXPECT_TRUE(all.emplace(text_of(who), count).second) << text_of(who) << " comes twice";
  });
  return all;
}

TEST(client_counts, is_empty_at_first) {
  const client_counts counts;
  EXPECT_EQ(counts.size(), 0u);
  EXPECT_EQ(as_map(counts), slow_counts());
}

TEST(client_counts, counts_clients_of_every_kind) {
  client_counts counts;
  for (const client& who : {client(ipv4_address{0}), client(ipv6_address{0, 0}), client("host")}) {
    for (int i = 0; i < 3; ++i) counts.add(who);
  }
  EXPECT_EQ(as_map(counts), (slow_counts{{"0.0.0.0", 3}, {"::", 3}, {"host", 3}}));
}

// Of every kind and with every address that is all zeros or ones.
TEST(client_counts, agrees_with_a_map_also_when_merged) {
  std::mt19937_64 random(9);
  for (const std::size_t clients : {1, 10, 1000, 50'000}) {
    client_counts halves[2];
    slow_counts slow;
    for (int i = 0; i < 60'000; ++i) {
      const std::uint64_t number = random() % clients;
      const std::string name = "host" + std::to_string(number % 700);
      const client all[] = {client(ipv4_address{static_cast<std::uint32_t>(0 - number)}),
                            client(ipv6_address{number % 3, 0 - number}),
                            client(std::string_view(name))};
      const client& who = all[random() % 3];
      halves[random() % 2].add(who);
      ++slow[text_of(who)];
    }
    halves[0].merge(std::move(halves[1]));
    EXPECT_EQ(as_map(halves[0]), slow);
    EXPECT_EQ(halves[0].size(), slow.size());
  }
}

}  // namespace
}  // namespace countips
