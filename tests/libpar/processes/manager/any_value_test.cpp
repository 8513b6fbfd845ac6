#include "par/processes/manager/any_value.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace par {
namespace {

using testing::HasSubstr;

struct point {
  int x = 0;
  int y = 0;
};

any_value sample() {
  return any_dict{{"nothing", any_value()},
                  {"flag", true},
                  {"number", 42},
                  {"half", 0.5},
                  {"text", "words"},
                  {"bytes", any_bytes{std::byte{1}, std::byte{0}}},
                  {"list", any_list{1, "two", any_list{}}},
                  {"point", any_value::of(point{3, 4})},
                  {"words", any_value::of(std::vector<std::string>{"a", "b"})}};
}

TEST(any_value, holds_values_of_every_type) {
  const auto all = sample().as<any_dict>();
  EXPECT_FALSE(all.at("nothing").has_value());
  EXPECT_TRUE(all.at("flag").as<bool>());
  EXPECT_EQ(all.at("number").as<int>(), 42);
  EXPECT_EQ(all.at("number").as<std::uint8_t>(), 42);
  EXPECT_EQ(all.at("half").as<double>(), 0.5);
  EXPECT_EQ(all.at("text").as<std::string>(), "words");
  EXPECT_EQ(all.at("bytes").as<any_bytes>().size(), 2U);
  EXPECT_EQ(all.at("list").as<any_list>().at(1).as<std::string>(), "two");
  EXPECT_EQ(all.at("point").as<point>().y, 4);
  EXPECT_EQ(all.at("words").as<std::vector<std::string>>().at(1), "b");
}

TEST(any_value, tells_what_it_is_where_it_is_asked_for_something_else) {
  const any_value number = 300;
  EXPECT_TRUE(number.is<int>() && number.is<std::int64_t>() && !number.is<bool>() &&
              !number.is<double>() && !number.is<point>());
  EXPECT_THROW(static_cast<void>(number.as<std::uint8_t>()), std::out_of_range);
  try {
    static_cast<void>(number.as<std::string>());
    FAIL() << "it is none";
  } catch (const wrong_type& error) {
    EXPECT_THAT(error.what(), HasSubstr("an integer, not std::"));
  }
  try {
    static_cast<void>(any_value::of(point()).as<std::vector<int>>());
    FAIL() << "it is none";
  } catch (const wrong_type& error) {
    EXPECT_THAT(error.what(), HasSubstr("point, not std::vector<int"));
  }
  EXPECT_THROW(static_cast<void>(any_value().as<bool>()), wrong_type);
}

TEST(any_value, is_compared_and_sent_with_all_that_is_in_it) {
  EXPECT_EQ(decode<any_value>(encode(sample())), sample());
  any_dict other = sample().as<any_dict>();
  other["point"] = any_value::of(point{3, 5});
  EXPECT_FALSE(any_value(other) == sample());
  EXPECT_FALSE(any_value(1) == any_value(1.0));
  EXPECT_EQ(any_value::of(std::uint64_t{7}).as<std::size_t>(), 7U);
  EXPECT_EQ(any_value::of(0.5F).as<float>(), 0.5F);
  EXPECT_EQ(any_value::of('c').as<char>(), 'c');
  EXPECT_THROW(any_value(~std::uint64_t{0}), std::out_of_range);
  EXPECT_THROW(static_cast<void>(any_value(-1).as<std::uint64_t>()), std::out_of_range);
}

any_value nested(int depth) {
  any_value made = 1;
  for (int i = 0; i < depth; ++i) made = any_list{made};
  return made;
}

TEST(any_value, is_nested_so_deep_and_no_deeper) {
  EXPECT_EQ(decode<any_value>(encode(nested(200))), nested(200));
  EXPECT_THROW(static_cast<void>(encode(nested(201))), codec_error);
}

// Whatever bytes are taken for a value: it is one, or an error.
TEST(any_value, survives_any_bytes) {
  std::mt19937 random(1);
  const parcel good = encode(sample());
  for (int round = 0; round < 20'000; ++round) {
    parcel bad;
    bad.bytes = good.bytes;
    if (round % 2 == 0) {
      bad.bytes.resize(random() % 100);
      for (std::byte& each : bad.bytes) each = static_cast<std::byte>(random() % 9);
    }
    for (std::size_t i = random() % 4; i > 0 && !bad.bytes.empty(); --i) {
      bad.bytes[random() % bad.bytes.size()] = static_cast<std::byte>(random());
    }
    try {
      const auto got = decode<any_value>(bad);
      EXPECT_EQ(got.has_value(), bad.bytes.at(0) != std::byte{0});
    } catch (const codec_error&) {
    }
  }
  parcel deep;
  for (int i = 0; i < 100'000; ++i) {
    for (const std::byte each : encode(std::pair<std::uint8_t, std::uint64_t>(6, 1)).bytes) {
      deep.bytes.push_back(each);
    }
  }
  EXPECT_THROW(static_cast<void>(decode<any_value>(deep)), codec_error);
}

}  // namespace
}  // namespace par
