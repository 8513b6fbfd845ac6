#include "countips/counting/top_clients.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <utility>

#include "countips/clients/client_text.h"

namespace countips {

namespace {

using top = std::vector<top_client>;

client_counts counts_of(const std::vector<std::pair<client, int>>& all) {
  client_counts counts;
  for (const auto& [who, requests] : all) {
    for (int i = 0; i < requests; ++i) counts.add(who);
  }
  return counts;
}

TEST(top_clients, come_by_requests_and_then_by_text) {
  const client_counts counts = counts_of({{ipv4_address{9}, 2},
                                          {ipv4_address{10}, 2},
                                          {ipv4_address{1}, 1},
                                          {ipv6_address{0, 1}, 2},
                                          {client("host"), 5}});
  EXPECT_EQ(top_clients(counts, 0, {}), top());
  EXPECT_EQ(top_clients(counts, 1, {}), (top{{"host", 5}}));
  EXPECT_EQ(top_clients(counts, 3, {}), (top{{"host", 5}, {"0.0.0.10", 2}, {"0.0.0.9", 2}}));
  EXPECT_EQ(top_clients(counts, 99, {}),
            (top{{"host", 5}, {"0.0.0.10", 2}, {"0.0.0.9", 2}, {"::1", 2}, {"0.0.0.1", 1}}));
  EXPECT_EQ(top_clients({}, 3, {}), top());
}

TEST(top_clients, of_networks_have_their_length) {
  client_rules rules;
  rules.ipv4_bits = 24;
  EXPECT_EQ(top_clients(counts_of({{ipv4_address{0xc0000200}, 1}}), 1, rules),
            (top{{"192.0.2.0/24", 1}}));
}

TEST(top_clients, are_the_first_of_all_sorted) {
  std::mt19937 random(4);
  for (int round = 0; round < 50; ++round) {
    client_counts counts;
    const auto clients = 1 + random() % 300;
    for (int i = 0; i < 1000; ++i) {
      counts.add(ipv4_address{static_cast<std::uint32_t>(random() % clients)});
    }
    top all;
    counts.for_each([&](const client& who, std::uint64_t requests) {
      all.push_back({client_text(who), requests});
    });
    std::ranges::sort(all, [](const top_client& a, const top_client& b) {
      return std::pair(b.requests, a.client) < std::pair(a.requests, b.client);
    });
    all.resize(std::min<std::size_t>(all.size(), random() % 40));
    EXPECT_EQ(top_clients(counts, all.size(), {}), all);
  }
}

}  // namespace
}  // namespace countips
