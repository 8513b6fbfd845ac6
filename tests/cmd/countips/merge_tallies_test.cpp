#include "countips/counting/merge_tallies.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "par/pools/thread_pool.h"

namespace countips {
namespace {

// What the workers have counted, and the same in std::set.
struct counted_parts {
  std::vector<tally> tallies;
  std::map<group_key, std::uint64_t> requests;
  std::map<group_key, std::set<std::string>> clients;

  void add(std::size_t worker, group_key key, const client& who, std::string name) {
    group& its = tallies[worker][key];
    ++its.requests;
    its.clients.insert(who);
    ++requests[key];
    clients[key].insert(std::move(name));
  }
};

// Groups from tiny to large; group 0 has addresses enough to be split in every part, group 1 in one
// of them only, and not every worker has every group.
counted_parts make_parts(std::size_t workers) {
  counted_parts made;
  made.tallies.resize(workers);
  std::mt19937_64 random(workers);
  for (int i = 0; i < 60'000; ++i) {
    const std::size_t worker = random() % workers;
    const group_key key = i % 4 != 0 ? 0 : worker == 0 ? 1 : 2 + random() % 100 * worker;
    const std::uint64_t number = random() % 100'000;
    const std::string text = std::to_string(number);
    if (i % 50 == 0) {
      made.add(worker, key, std::string_view(text), "name " + text);
    } else if (i % 5 == 0) {
      made.add(worker, key, ipv6_address{number, 1}, "v6 " + text);
    } else {
      made.add(worker, key, ipv4_address{static_cast<std::uint32_t>(number)}, text);
    }
  }
  return made;
}

TEST(merge_tallies, gives_the_union_of_any_number_of_parts_on_any_number_of_threads) {
  for (const std::size_t workers : {1, 2, 5}) {
    for (const std::size_t threads : {1, 3}) {
      SCOPED_TRACE(std::to_string(workers) + " parts, " + std::to_string(threads) + " threads");
      counted_parts parts = make_parts(workers);
      par::thread_pool on(threads);
      tally all = merge_tallies(std::move(parts.tallies), on);
      ASSERT_EQ(all.size(), parts.clients.size());
      std::set<std::string> everyone;
      std::uint64_t requests = 0;
      for (const auto& [key, its] : all) {
        EXPECT_EQ(its.requests, parts.requests[key]);
        EXPECT_EQ(its.clients.size(), parts.clients[key].size());
        everyone.insert(parts.clients[key].begin(), parts.clients[key].end());
        requests += its.requests;
      }
      const group total = merge_groups(std::move(all), on);
      EXPECT_EQ(total.clients.size(), everyone.size());
      EXPECT_EQ(total.requests, requests);
    }
  }
}

TEST(merge_tallies, of_nothing_is_nothing) {
  par::thread_pool on(2);
  EXPECT_TRUE(merge_tallies({}, on).empty());
  EXPECT_TRUE(merge_tallies(std::vector<tally>(2), on).empty());
  EXPECT_EQ(merge_groups({}, on).clients.size(), 0u);
}

// Three parts with no client in common: what comes out is no larger than the sum of what went in.
TEST(merge_tallies, keeps_the_memory_of_large_sets_bounded) {
  std::vector<tally> parts(3);
  for (std::uint32_t i = 0; i < 300'000; ++i) parts[i % 3][0].clients.insert(ipv4_address{i});
  par::thread_pool on(2);
  const tally all = merge_tallies(std::move(parts), on);
  EXPECT_EQ(all.at(0).clients.size(), 300'000u);
  EXPECT_LE(all.at(0).clients.allocated_bytes(), 300'000u * 8 + 64 * 1024);
}

}  // namespace
}  // namespace countips
