#include "par/processes/shared_value.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <list>
#include <numeric>
#include <string>
#include <vector>

#include "par/processes/ipc/mutex.h"
#include "par/processes/shared_array.h"
#include "victims.h"

namespace par {
namespace {

static_assert(shareable<double> && shareable<std::array<int, 3>>);
static_assert(!shareable<std::string> && !shareable<int*>);

TEST(shared_value, is_seen_by_all) {
  const shared_value<int> value(5);
  process child = process::fork([value] { value.set(value.get() + 1); });
  child.join();
  EXPECT_EQ(value.get(), 6);
  EXPECT_EQ(shared_value<double>().get(), 0);
}

struct wide {
  double a;
  std::array<char, 33> text;
};

TEST(shared_value, is_of_any_plain_type) {
  const shared_value<wide> value;
  EXPECT_EQ(value.get().text[32], 0);
  run_and_die([&] { value.set({.a = 1.5, .text = {'x'}}); });
  EXPECT_EQ(value.get().a, 1.5);
  EXPECT_EQ(value.get().text[0], 'x');
}

constexpr int each_adds = 20'000;

template <class Value>
int count_with_four(const Value& value, auto add_one) {
  std::vector<process> children;
  for (int i = 0; i < 4; ++i) {
    fork_into(children, [&] {
      for (int each = 0; each < each_adds; ++each) add_one(value);
    });
  }
  for (process& each : children) each.join();
  return value.get();
}

TEST(shared_value, counts_right_with_a_lock) {
  const auto add_one = [](auto& value) { value.with_lock([](int& count) { ++count; }); };
  EXPECT_EQ(count_with_four(shared_value<int>(), add_one), 4 * each_adds);
  const ipc::mutex guard;
  EXPECT_EQ(count_with_four(shared_value<int, ipc::mutex>(0, guard), add_one), 4 * each_adds);
}

// Lost updates are likely, more than all is impossible.
TEST(shared_value, counts_something_without_one) {
  const int got = count_with_four(shared_value<int, unguarded>(),
                                  [](auto& value) { value.set(value.get() + 1); });
  EXPECT_LE(got, 4 * each_adds);
  EXPECT_GE(got, 2);
}

TEST(shared_value, has_a_lock_that_can_be_held_for_longer) {
  const shared_value<int> value(1);
  const std::lock_guard lock(value.guard());
  value.set(value.get() + 1);  // The lock is recursive.
  EXPECT_EQ(value.unlocked(), 2);
  EXPECT_FALSE(answer_of([&] { return value.guard().try_lock(); }));
}

TEST(shared_value, shares_the_lock_of_the_caller) {
  const ipc::mutex guard;
  const shared_value<int, ipc::mutex> first(1, guard);
  const shared_value<int, ipc::mutex> second(2, guard);
  first.with_lock([&](int& value) {
    EXPECT_FALSE(second.guard().try_lock());
    std::swap(value, second.unlocked());
  });
  EXPECT_EQ(second.get(), 1);
}

TEST(shared_value, tells_of_a_death_within) {
  const shared_value<int> value;
  run_and_die([&] {
    value.with_lock([](int& of) {
      of = 3;
      std::raise(SIGKILL);
    });
  });
  EXPECT_THROW(static_cast<void>(value.get()), ipc::owner_died);
  EXPECT_TRUE(value.guard().recover());
  value.guard().unlock();
  EXPECT_EQ(value.get(), 3);
}

TEST(shared_value, can_be_sent_with_its_lock) {
  using guarded = shared_value<int, ipc::mutex>;
  using bare = shared_value<int, unguarded>;
  using all = std::tuple<shared_value<int>, guarded, bare, shared_array<int>>;
  auto [mine, other] = pipe();
  process child = process::fork([&end = other] {
    const auto [own, with, without, array] = end.recv<all>();
    end.send(std::pair(own.guard().try_lock(), with.guard().try_lock()));
    static_cast<void>(end.recv<bool>());
    own.set(1);
    with.set(2);
    without.set(3);
    array.set(1, 4);
  });
  const all sent(0, guarded(0, {}), bare(0), shared_array<int>(2));
  std::get<0>(sent).guard().lock();
  std::get<1>(sent).guard().lock();
  mine.send(sent);
  EXPECT_EQ((mine.recv<std::pair<bool, bool>>()), std::pair(false, false));
  std::get<0>(sent).guard().unlock();
  std::get<1>(sent).guard().unlock();
  mine.send(true);
  child.join();
  EXPECT_EQ(std::get<0>(sent).get(), 1);
  EXPECT_EQ(std::get<1>(sent).get(), 2);
  EXPECT_EQ(std::get<2>(sent).get(), 3);
  EXPECT_THAT(std::get<3>(sent), testing::ElementsAre(0, 4));

  parcel wrong = encode(shared_value<char>());
  EXPECT_THROW(static_cast<void>(decode<shared_value<int>>(wrong)), codec_error);
  parcel several = encode(shared_array<int>(2));
  EXPECT_THROW(static_cast<void>(decode<shared_value<int>>(several)), codec_error);
}

TEST(shared_array, is_zeroed_or_filled) {
  const shared_array<double> zeroed(1000);
  EXPECT_EQ(zeroed.size(), 1000);
  EXPECT_TRUE(std::ranges::all_of(zeroed, [](double each) { return each == 0; }));
  EXPECT_THAT(shared_array<int>(std::list{2, 3, 5}), testing::ElementsAre(2, 3, 5));
  EXPECT_THAT((shared_array<char, ipc::mutex>(std::string("text"), {})),
              testing::ElementsAre('t', 'e', 'x', 't'));
  EXPECT_TRUE(shared_array<int>().empty());
  EXPECT_THROW(shared_array<int>(static_cast<std::size_t>(-1)), std::length_error);
}

TEST(shared_array, is_seen_by_all) {
  const shared_array<int> squares(10);
  process child = process::fork([squares] {
    for (std::size_t i = 0; i < squares.size(); ++i) squares.set(i, static_cast<int>(i * i));
  });
  child.join();
  EXPECT_EQ(squares.get(9), 81);
  EXPECT_EQ(squares[3], 9);
  EXPECT_EQ(squares.with_lock(
                [](std::span<int> all) { return std::accumulate(all.begin(), all.end(), 0); }),
            285);
  std::ranges::reverse(squares.span().subspan(1, 2));
  EXPECT_EQ(squares.get(1), 4);
  EXPECT_THROW(static_cast<void>(squares.get(10)), std::out_of_range);
  EXPECT_THROW(squares.set(10, 1), std::out_of_range);
}

struct alignas(256) far_apart {
  int value;
};

TEST(shared_array, keeps_to_the_alignment) {
  const shared_array<far_apart> all(3);
  for (const far_apart& each : all) {
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(&each) % 256, 0);
  }
}

}  // namespace
}  // namespace par
