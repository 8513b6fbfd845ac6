#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "libpar/processes/manager/local_manager.h"
#include "libpar/sanitized.h"

namespace par {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

TEST(managed_dict, keeps_values_by_key) {
  local_manager local;
  const auto ages = local.shared.dict<std::string, int>();
  EXPECT_TRUE(ages.empty());
  ages.set("ann", 30);
  ages.set("bob", 40);
  ages.set("ann", 31);
  EXPECT_EQ(ages.at("ann"), 31);
  EXPECT_EQ(ages.find("bob"), 40);
  EXPECT_EQ(ages.find("eve"), std::nullopt);
  EXPECT_EQ(ages.get_or("eve", 5), 5);
  EXPECT_TRUE(ages.contains("bob") && !ages.contains("eve"));
  EXPECT_THAT(ages.keys(), ElementsAre("ann", "bob"));
  EXPECT_THAT(ages.items(), ElementsAre(Pair("ann", 31), Pair("bob", 40)));
  EXPECT_THAT(ages.try_emplace("ann", 1), Pair(31, false));
  EXPECT_THAT(ages.try_emplace("eve", 1), Pair(1, true));
  ages.update(std::map<std::string, int>{{"eve", 2}, {"flo", 3}});
  EXPECT_EQ(ages.size(), 4U);
  EXPECT_EQ(ages.take("eve"), 2);
  EXPECT_TRUE(ages.erase("flo"));
  EXPECT_FALSE(ages.erase("flo"));
  EXPECT_THAT(ages.keys(), ElementsAre("ann", "bob"));
  ages.clear();
  EXPECT_THAT(ages.items(), IsEmpty());
  EXPECT_THROW(static_cast<void>(ages.at("ann")), std::out_of_range);
  EXPECT_THROW(static_cast<void>(ages.take("ann")), std::out_of_range);
}

TEST(managed_dict, takes_keys_and_values_of_any_type_that_can_be_sent) {
  local_manager local;
  const auto lines = local.shared.dict<std::pair<int, std::string>, std::vector<std::string>>();
  lines.set({1, "a"}, {"x", "y"});
  EXPECT_THAT(lines.at({1, "a"}), ElementsAre("x", "y"));
  EXPECT_FALSE(lines.contains({2, "a"}));
  const auto mixed = local.shared.dict<any_value, any_value>();
  mixed.set(1, "one");
  mixed.set("two", any_list{2, 2.0});
  EXPECT_EQ(mixed.at(1).as<std::string>(), "one");
  EXPECT_EQ(mixed.at("two").as<any_list>().size(), 2U);
}

// Over a local socket open files are values like others.
TEST(managed_dict, holds_open_files_and_proxies) {
  local_manager local;
  auto [mine, other] = pipe();
  const auto ends = local.shared.dict<std::string, connection>();
  ends.set("other", other);
  other.close();
  ends.at("other").send(1);
  EXPECT_EQ(mine.recv<int>(), 1);
  ends.at("other").send(2);
  EXPECT_EQ(mine.recv<int>(), 2);
  ends.clear();
  EXPECT_THROW(static_cast<void>(mine.recv<int>()), end_of_stream) << "nobody has it any more";

  const auto lists = local.shared.dict<int, managed_list<int>>();
  lists.set(1, local.shared.list<int>({1, 2}));
  lists.at(1).push_back(3);
  EXPECT_THAT(lists.at(1).values(), ElementsAre(1, 2, 3));
}

TEST(managed_list, grows_and_shrinks) {
  local_manager local;
  const auto words = local.shared.list<std::string>({"b"});
  words.push_back("d");
  words.insert(0, "a");
  words.insert(2, "c");
  words.append(std::vector<std::string>{"e", "f"});
  EXPECT_THAT(words.values(), ElementsAre("a", "b", "c", "d", "e", "f"));
  EXPECT_THAT(words.values(1, 2), ElementsAre("b", "c"));
  EXPECT_THAT(words.values(6), IsEmpty());
  EXPECT_EQ(words.pop_back(), "f");
  EXPECT_EQ(words.take(0), "a");
  words.set(0, "B");
  EXPECT_EQ(words.exchange(1, "C"), "c");
  EXPECT_EQ(words.at(1), "C");
  EXPECT_EQ(words.size(), 4U);
  for (const std::uint64_t where : {std::uint64_t{4}, ~std::uint64_t{0}}) {
    EXPECT_THROW(static_cast<void>(words.at(where)), std::out_of_range);
    EXPECT_THROW(words.set(where, ""), std::out_of_range);
    EXPECT_THROW(words.take(where), std::out_of_range);
  }
  EXPECT_THROW(words.insert(5, ""), std::out_of_range);
  EXPECT_THROW(static_cast<void>(words.values(5)), std::out_of_range);
  words.assign(std::vector<std::string>{"z"});
  EXPECT_THAT(words.values(), ElementsAre("z"));
  words.clear();
  EXPECT_TRUE(words.empty());
  EXPECT_THROW(words.pop_back(), std::out_of_range);
}

TEST(managed_array, keeps_its_size) {
  local_manager local;
  const auto numbers = local.shared.array<double>({1, 2, 3});
  numbers.set(1, 2.5);
  EXPECT_EQ(numbers.at(1), 2.5);
  EXPECT_EQ(numbers.exchange(0, 7), 1);
  EXPECT_THAT(numbers.values(), ElementsAre(7, 2.5, 3));
  EXPECT_THROW(numbers.set(3, 0), std::out_of_range);
  EXPECT_EQ(numbers.size(), 3U);
}

TEST(managed_value, is_one_value) {
  local_manager local;
  const auto text = local.shared.value<std::string>("first");
  EXPECT_EQ(text.get(), "first");
  text.set("second");
  EXPECT_EQ(text.exchange("third"), "second");
  EXPECT_EQ(text.get(), "third");
  EXPECT_EQ(local.shared.value<int>().get(), 0);
}

TEST(managed_namespace, holds_values_of_any_type_by_name) {
  local_manager local;
  const auto names = local.shared.names();
  names.set("count", 3);
  names.set("title", std::string("log"));
  names.set("sizes", std::vector<int>{1, 2});
  EXPECT_EQ(names.get<int>("count"), 3);
  EXPECT_EQ(names.get<std::string>("title"), "log");
  EXPECT_THAT(names.get<std::vector<int>>("sizes"), ElementsAre(1, 2));
  EXPECT_THROW(static_cast<void>(names.get<int>("title")), wrong_type);
  EXPECT_THROW(static_cast<void>(names.get<int>("none")), std::out_of_range);
  EXPECT_THAT(names.keys(), ElementsAre("count", "title", "sizes"));
  EXPECT_TRUE(names.erase("count"));
}

TEST(managed_dict, is_used_by_several_processes_at_once) {
  if (under_thread_sanitizer) GTEST_SKIP() << "the sanitizer starts no threads after such a fork";
  local_manager local;
  const auto counts = local.shared.dict<std::string, int>();
  const auto guard = local.shared.mutex();
  const auto done = local.shared.list<int>();
  std::vector<process> workers;
  for (int worker = 0; worker < 4; ++worker) {
    workers.push_back(process::fork([=] {
      for (int i = 0; i < 50; ++i) {
        const std::lock_guard lock(guard);
        counts.set("all", counts.get_or("all", 0) + 1);
      }
      done.push_back(worker);
    }));
  }
  for (process& each : workers) {
    each.join();
    EXPECT_TRUE(each.status()->ok());
  }
  EXPECT_EQ(counts.at("all"), 200);
  EXPECT_THAT(done.values(), testing::UnorderedElementsAre(0, 1, 2, 3));
}

}  // namespace
}  // namespace par
