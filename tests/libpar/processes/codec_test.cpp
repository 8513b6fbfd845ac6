#include "par/processes/codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <variant>
#include <vector>

namespace par {
namespace {

using testing::ElementsAre;

struct point {
  int x;
  double y;
  friend bool operator==(const point&, const point&) = default;
};

enum class colour : char { red, green };

struct job {
  std::string name;
  std::vector<point> places;
  std::map<std::string, std::optional<int>> counts;
  colour paint = colour::red;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(name, places, counts, paint);
  }
  friend bool operator==(const job&, const job&) = default;
};

// Trivially copyable, and says what it consists of all the same.
struct half {
  int sent;
  int kept;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(sent);
  }
};

struct file_holder {
  descriptor file;

  void save(parcel_writer& to) const { to.attach(file); }
  void load(parcel_reader& from) { file = from.detach(); }
};

static_assert(sendable<int> && sendable<bool> && sendable<colour> && sendable<point>);
static_assert(sendable<std::string> && sendable<std::vector<bool>> && sendable<std::set<int>>);
static_assert(sendable<std::array<int, 3>> && sendable<std::pair<int, std::string>>);
static_assert(sendable<std::unique_ptr<point>> && sendable<std::chrono::seconds>);
static_assert(sendable<job> && sendable<file_holder>);
static_assert(!sendable<int*> && !sendable<int&> && !sendable<void>);
static_assert(!sendable<std::string_view> && !sendable<std::span<int>>);
static_assert(!sendable<std::mutex> && !sendable<descriptor>);

template <class T>
T sent(const T& value) {
  return decode<T>(encode(value));
}

TEST(codec, carries_numbers_and_what_is_trivially_copyable) {
  EXPECT_EQ(sent(42), 42);
  EXPECT_EQ(sent(colour::green), colour::green);
  EXPECT_EQ(sent(point{.x = 3, .y = 0.5}), (point{.x = 3, .y = 0.5}));
  EXPECT_EQ(encode(point{}).bytes.size(), sizeof(point));
}

TEST(codec, carries_containers) {
  EXPECT_EQ(sent(std::string("a\0b", 3)), std::string("a\0b", 3));
  EXPECT_THAT(sent(std::deque<std::string>{"x", ""}), ElementsAre("x", ""));
  const std::unordered_map<int, std::vector<point>> places = {{1, {{.x = 2, .y = 3}}}, {4, {}}};
  EXPECT_EQ(sent(places), places);
  const std::tuple<int, std::variant<int, std::string>, std::optional<char>> mixed = {1, "q", 'c'};
  EXPECT_EQ(sent(mixed), mixed);
  EXPECT_EQ(*sent(std::make_unique<int>(5)), 5);
  const std::vector<point> many = {{.x = 1, .y = 2}, {.x = 3, .y = 4}};
  EXPECT_EQ(sent(many), many);
  EXPECT_EQ(sent(std::vector<point>()), std::vector<point>());
}

TEST(codec, carries_what_says_what_it_consists_of) {
  const job one = {.name = "a.log",
                   .places = {{.x = 1, .y = 2}},
                   .counts = {{"a", 1}, {"b", std::nullopt}},
                   .paint = colour::green};
  EXPECT_EQ(sent(one), one);
  EXPECT_EQ(sent(half{.sent = 1, .kept = 2}).sent, 1);
  EXPECT_EQ(encode(half{}).bytes.size(), sizeof(int));
}

TEST(codec, carries_open_files) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  const descriptor in(ends[0]);
  const file_holder out{descriptor(ends[1])};
  const std::vector<file_holder> got = [&] {
    parcel message;
    parcel_writer archive(message);
    archive(cereal::make_size_tag(cereal::size_type{1}), out);
    return decode<std::vector<file_holder>>(message);
  }();
  ASSERT_EQ(got.size(), 1U);
  EXPECT_NE(got[0].file.get(), out.file.get());
  ASSERT_EQ(::write(got[0].file.get(), "x", 1), 1);
  char read = 0;
  ASSERT_EQ(::read(in.get(), &read, 1), 1);
  EXPECT_EQ(read, 'x');
}

TEST(codec, refuses_what_is_no_such_value) {
  EXPECT_THROW(static_cast<void>(decode<int>(parcel())), codec_error);
  EXPECT_THROW(static_cast<void>(decode<char>(encode(1))), codec_error) << "bytes left over";
  EXPECT_THROW(static_cast<void>(decode<file_holder>(encode(1))), codec_error);
  parcel huge = encode(std::vector<int>());
  huge.bytes.assign(huge.bytes.size(), std::byte{0xff});
  EXPECT_THROW(static_cast<void>(decode<std::vector<int>>(huge)), codec_error);
  EXPECT_THROW(static_cast<void>(decode<std::vector<std::string>>(huge)), codec_error);
  EXPECT_THROW(static_cast<void>(decode<std::vector<point>>(huge)), codec_error);
  parcel short_by_one = encode(std::vector<point>(3));
  short_by_one.bytes.pop_back();
  EXPECT_THROW(static_cast<void>(decode<std::vector<point>>(short_by_one)), codec_error);
}

// Every beginning of a message and every message with one wrong byte is a value or an error, and
// touches no memory that is not there (as the sanitizers see).
TEST(codec, refuses_torn_messages_and_survives_damaged_ones) {
  const parcel whole = encode(job{.name = "name",
                                  .places = {{.x = 1, .y = 2}, {.x = 3, .y = 4}},
                                  .counts = {{"a", 1}, {"b", std::nullopt}},
                                  .paint = colour::green});
  for (std::size_t size = 0; size < whole.bytes.size(); ++size) {
    parcel torn;
    torn.bytes.assign(whole.bytes.begin(), whole.bytes.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_THROW(static_cast<void>(decode<job>(torn)), codec_error) << size;
  }
  std::mt19937 random(1);
  for (std::size_t at = 0; at < whole.bytes.size(); ++at) {
    parcel damaged;
    damaged.bytes = whole.bytes;
    damaged.bytes[at] = static_cast<std::byte>(random());
    try {
      static_cast<void>(decode<job>(damaged));
    } catch (const codec_error&) {  // As good.
    }
  }
}

}  // namespace
}  // namespace par
