#include "cli/option.h"

#include <gtest/gtest.h>

namespace cli {
namespace {

TEST(option, flag_sets_its_target) {
  bool target = false;
  const option one = flag("verbose", 'v', "Say more.", target);
  EXPECT_TRUE(one.argument.empty());
  EXPECT_EQ(dashed(one), "--verbose");
  EXPECT_TRUE(one.apply(""));
  EXPECT_TRUE(target);
}

TEST(option, text_takes_anything_and_shows_what_it_holds) {
  std::string target = "before";
  const option one = text("name", 'n', "NAME", "A name.", target);
  EXPECT_EQ(one.preset, "before");
  EXPECT_TRUE(one.apply("a b\n"));
  EXPECT_EQ(target, "a b\n");
}

TEST(option, number_keeps_its_bounds) {
  std::size_t target = 4;
  const option one = number("jobs", 'j', "N", "Threads.", target, 1, 64);
  EXPECT_EQ(one.preset, "4");
  EXPECT_TRUE(one.apply("64"));
  EXPECT_EQ(target, 64U);
  EXPECT_EQ(one.apply("0").error(), "must be at least 1");
  EXPECT_EQ(one.apply("65").error(), "must be at most 64");
  EXPECT_EQ(one.apply("-1").error(), "not a number");
  EXPECT_EQ(one.apply("many").error(), "not a number");
  EXPECT_EQ(target, 64U) << "a wrong value leaves the target alone";
}

TEST(option, size_shows_the_shortest_form) {
  std::uint64_t target = std::uint64_t{64} << 10;
  EXPECT_EQ(size("buffer", 'b', "Bytes.", target).preset, "64K");
  target = 0;
  EXPECT_EQ(size("buffer", 'b', "Bytes.", target).preset, "0");
  target = 1500;
  const option one = size("buffer", 'b', "Bytes.", target);
  EXPECT_EQ(one.preset, "1500");
  EXPECT_TRUE(one.apply("2M"));
  EXPECT_EQ(target, std::uint64_t{2} << 20);
  EXPECT_FALSE(one.apply("2Q"));
}

enum class shape { round, square };

TEST(option, choice_names_its_values) {
  shape target = shape::square;
  const option one = choice<shape>("shape", 's', "SHAPE", "Form.",
                                   {{"round", shape::round}, {"square", shape::square}}, target);
  EXPECT_EQ(one.choices, (std::vector<std::string>{"round", "square"}));
  EXPECT_EQ(one.preset, "square");
  EXPECT_TRUE(one.apply("round"));
  EXPECT_EQ(target, shape::round);
}

}  // namespace
}  // namespace cli
