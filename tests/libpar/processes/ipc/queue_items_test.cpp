// What goes through a queue between processes: values of every kind, at every place of the ring.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <deque>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "../../../../libpar/src/processes/ipc/message_ring.h"
#include "par/processes/connection.h"
#include "par/processes/ipc/joinable_queue.h"
#include "par/processes/ipc/queue.h"
#include "par/processes/process.h"
#include "par/processes/shared_memory.h"

namespace par {
namespace {

using testing::HasSubstr;

struct point {
  int x, y;
  bool operator==(const point&) const = default;
};

struct job {
  std::string name;
  std::vector<std::optional<int>> lines;
  bool operator==(const job&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(name, lines);
  }
};

template <class T>
void expect_through(const std::vector<T>& values) {
  const ipc::queue<T> q;
  for (const T& each : values) q.put(each);
  for (const T& each : values) EXPECT_EQ(q.get(), each);
}

TEST(ipc_queue_items, are_values_of_any_kind_that_can_be_sent) {
  expect_through<int>({0, -1, std::numeric_limits<int>::max()});
  expect_through<bool>({true, false});
  expect_through<double>({0.5, -1e300});
  expect_through<point>({{1, 2}, {-3, 4}});
  expect_through<std::string>({"", "a", std::string(100'000, 'x'), std::string(1, '\0')});
  expect_through<std::u16string>({u"", u"ab"});
  expect_through<std::vector<point>>({{}, {{1, 2}, {3, 4}}});
  expect_through<std::vector<bool>>({{true, false, true}});
  expect_through<std::vector<std::string>>({{"a", ""}, {}});
  expect_through<std::map<int, std::string>>({{}, {{1, "one"}}});
  expect_through<std::tuple<>>({{}});
  expect_through<std::array<char, 3>>({{'a', 'b', 'c'}});
  expect_through<job>({{"a.log", {1, std::nullopt}}, {}});
}

static_assert(detail::holds_open_files<connection>);
static_assert(!detail::holds_open_files<job>);
static_assert(!detail::holds_open_files<point>);
static_assert(!detail::holds_open_files<std::vector<int>>);

// Within other values they show only when they are put.
TEST(ipc_queue_items, have_no_open_files) {
  const ipc::queue<std::vector<connection>> q;
  std::vector<connection> ends;
  ends.push_back(pipe().first);
  EXPECT_THROW(q.put(ends), std::logic_error);
  EXPECT_TRUE(q.empty());
  q.put({});
  EXPECT_TRUE(q.get().empty());
}

TEST(ipc_queue_items, are_as_long_as_the_ring_but_no_longer) {
  const ipc::queue<std::string> q({.bytes = 4096});
  for (int i = 0; i < 3; ++i) {
    q.put(std::string(4092, 'x'));
    EXPECT_EQ(q.try_put("").error(), queue_errc::full);
    EXPECT_EQ(q.get(), std::string(4092, 'x'));
    q.put("shift");
    EXPECT_EQ(q.get(), "shift");
  }
  try {
    static_cast<void>(q.try_put(std::string(4093, 'x')));
    FAIL() << "put";
  } catch (const message_too_long& error) {
    EXPECT_THAT(error.what(), HasSubstr("4092"));
  }
}

TEST(ipc_queue_items, that_are_of_another_type_are_refused) {
  auto [mine, other] = pipe();
  other.send(ipc::queue<int>());
  EXPECT_THROW(static_cast<void>(mine.recv<ipc::queue<long>>()), codec_error);
  other.send(shared_memory(100));
  EXPECT_THROW(static_cast<void>(mine.recv<ipc::queue<int>>()), codec_error);
}

void measure(const ipc::joinable_queue<std::string>& jobs, const ipc::queue<std::size_t>& lengths) {
  for (const std::string& each : jobs.consume()) {
    lengths.put(each.size());
    jobs.task_done();
  }
}

TEST(ipc_queue_items, go_through_handles_that_were_sent) {
  const ipc::joinable_queue<std::string> jobs;
  const ipc::queue<std::size_t> lengths;
  auto [mine, other] = pipe();
  process child = process::fork([&end = other] {
    auto body = end.recv<decltype(bound<&measure>(jobs, lengths))>();
    body();
  });
  mine.send(bound<&measure>(jobs, lengths));
  for (const char* each : {"a", "bb", "ccc"}) jobs.put(each);
  jobs.join();
  for (const std::size_t each : {1U, 2U, 3U}) EXPECT_EQ(lengths.get(), each);
  jobs.close();
  child.join();
  EXPECT_TRUE(child.status()->ok());
}

// Its queue is not among what is sent, so it has one of its own.
struct half_sent {
  int number = 0;
  ipc::queue<int> own;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(number);
  }
};

TEST(ipc_queue_items, go_through_queues_that_decoding_left_alone) {
  const half_sent original{.number = 3, .own = ipc::queue<int>(1)};
  const half_sent other = decode<half_sent>(encode(original));
  const half_sent copy = other;
  other.own.put(7);
  EXPECT_EQ(copy.own.get(), 7);
  EXPECT_TRUE(original.own.empty());
}

// What each operation does, told by a queue that is obviously right.
void compare(std::size_t bytes, std::size_t capacity, unsigned seed) {
  const ipc::queue<std::string> q({.capacity = capacity, .bytes = bytes});
  std::deque<std::string> model;
  std::size_t used = 0;
  const auto record = [](const std::string& of) { return (of.size() + 4 + 7) / 8 * 8; };
  std::mt19937 random(seed);
  for (int step = 0; step < 3000; ++step) {
    if (random() % 2 == 0) {
      const std::string item(random() % (bytes - 3), static_cast<char>('a' + step % 26));
      const bool fits = used + record(item) <= bytes && (capacity == 0 || model.size() < capacity);
      ASSERT_EQ(q.try_put(item).has_value(), fits);
      if (!fits) continue;
      used += record(item);
      model.push_back(item);
    } else {
      const auto item = q.try_get();
      ASSERT_EQ(item.has_value(), !model.empty());
      if (!item) continue;
      ASSERT_EQ(*item, model.front());
      used -= record(*item);
      model.pop_front();
    }
    ASSERT_EQ(q.size(), model.size());
  }
}

TEST(ipc_queue_items, come_out_as_from_a_deque) {
  unsigned seed = 0;
  for (const std::size_t bytes : {64U, 128U, 1024U}) {
    for (const std::size_t capacity : {0U, 1U, 3U}) compare(bytes, capacity, ++seed);
  }
}

// Each length begins at each place.
TEST(ipc_queue_items, lie_across_the_end_of_the_ring) {
  for (std::size_t length = 0; length <= 60; ++length) {
    const ipc::queue<std::string> q({.bytes = 64});
    for (int round = 0; round < 9; ++round) {
      std::string item(length, ' ');
      for (std::size_t i = 0; i < length; ++i) item[i] = static_cast<char>('a' + i % 26);
      q.put(item);
      ASSERT_EQ(q.get(), item);
      q.put("1234");  // Moves the next one on by 8.
      ASSERT_EQ(q.get(), "1234");
    }
  }
}

// Whatever lies in places and sizes, nothing outside of the memory is touched: the address
// sanitizer knows its end.
TEST(ipc_queue_items, in_damaged_memory_are_errors) {
  using detail::message_ring;
  using detail::patience;
  constexpr std::size_t size = 256;
  struct alignas(64) line {
    std::byte bytes[64];
  };
  std::mt19937_64 random(3);
  int errors = 0;
  for (int round = 0; round < 300; ++round) {
    const std::size_t all = message_ring::memory_for(size);
    const auto lines = std::make_unique<line[]>(all / sizeof(line));
    const std::span<std::byte> memory(lines[0].bytes, all);
    message_ring::make(memory, size, 10, 1);
    message_ring ring(memory, 1);
    for (int step = 0; step < 40; ++step) {
      auto& state = *reinterpret_cast<detail::ring_state*>(memory.data());
      auto& side = random() % 2 == 0 ? state.puts : state.takes;
      if (random() % 4 == 0) side.at[random() % 2].store(random());
      if (random() % 8 == 0) side.other_at.store(random());
      if (random() % 8 == 0) side.other_count.store(static_cast<std::uint32_t>(random()));
      memory[sizeof(detail::ring_state) + random() % size] = std::byte(random());
      try {
        const std::vector<std::byte> item(random() % 252);
        std::vector<std::byte> got;
        static_cast<void>(ring.put(item, patience::none()));
        static_cast<void>(ring.get(
            [&](auto first, auto second) {
              got.assign(first.begin(), first.end());
              got.insert(got.end(), second.begin(), second.end());
            },
            patience::none()));
      } catch (const codec_error&) {
        ++errors;
      }
    }
  }
  EXPECT_GT(errors, 100);
}

}  // namespace
}  // namespace par
