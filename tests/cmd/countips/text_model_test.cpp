#include "countips/formats/text_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "countips/times/digits.h"

namespace countips {
namespace {

const std::string behind(text_model::longest, 'x');

std::size_t size_after(const std::string& model, const std::string& text) {
  text_model remembered;
  remembered.learn(model, model);
  return remembered.size_in(text + behind);
}

struct model_case {
  std::string model, text;
  bool alike;
};

TEST(text_model, fits_texts_of_the_same_hour) {
  const model_case cases[] = {
      {"a 10:00:00 b", "a 10:00:00 b", true},
      {"a 10:00:00 b", "a 10:59:59 b", true},
      {"a 10:59:59 b", "a 10:00:00 b", true},
      {"a 10:00:00 b", "a 10:60:00 b", false},
      {"a 10:00:00 b", "a 10:00:60 b", false},
      {"a 10:00:00 b", "a 11:00:00 b", false},
      {"a 10:00:00 b", "b 10:00:00 b", false},
      {"a 10:00:00 b", "a 10:00:00 c", false},
      {"a 10:00:00 b", "a 10:0x:00 b", false},
      {"a 10:00:00 b", "a 10:00.00 b", false},
      {"10:00:00.250Z", "10:59:59.999Z", true},
      {"10:00:00.250Z", "10:00:00.25Z", false},
      {"10:00:00.250Z", "10:00:00.25xZ", false},
      {"10:00:00,250Z", "10:00:00,123Z", true},
      {"10:00:00.Z", "10:01:00.Z", true},
      // The first one is the clock, and no part of a number.
      {"10:00:00 10:00:00", "10:01:00 10:00:00", true},
      {"10:00:00 10:00:00", "10:00:00 10:01:00", false},
      {"09/Jun/2024:10:00:00", "09/Jun/2024:10:59:59", true},
      {"09/Jun/2024:10:00:00", "09/Jun/2024:11:00:00", false},
      {"no time", "no time", true},
      {"no time", "no tome", false},
      {"1:2:3", "1:2:4", false},
  };
  for (const model_case& c : cases) {
    SCOPED_TRACE(c.model + "\n" + c.text);
    EXPECT_EQ(size_after(c.model, c.text), c.alike ? c.model.size() : 0);
  }
}

TEST(text_model, lets_only_the_time_differ) {
  const std::string text = "11:11:11 22:22:22 33:33:33";
  text_model remembered;
  remembered.learn(text, std::string_view(text).substr(9, 8));
  EXPECT_EQ(remembered.size_in("11:11:11 22:00:00 33:33:33" + behind), text.size());
  EXPECT_EQ(remembered.size_in("11:00:00 22:22:22 33:33:33" + behind), 0u);
  EXPECT_EQ(remembered.size_in("11:11:11 22:22:22 33:00:00" + behind), 0u);
  remembered.learn(text, std::string_view(text).substr(9, 7));
  EXPECT_EQ(remembered.size_in("11:11:11 22:00:00 33:33:33" + behind), 0u);
}

TEST(text_model, remembers_no_more_than_the_longest_and_no_empty_text) {
  const std::string longest(text_model::longest, 'a');
  EXPECT_EQ(size_after(longest, longest), longest.size());
  EXPECT_EQ(size_after(longest + "a", longest + "a"), 0u);
  EXPECT_EQ(size_after("", ""), 0u);
  text_model remembered;
  EXPECT_TRUE(remembered.is_empty());
  EXPECT_EQ(remembered.size_in(behind), 0u);
  remembered.learn("abc", "abc");
  EXPECT_FALSE(remembered.is_empty());
  EXPECT_EQ(remembered.size_in("abc" + behind), 3u);
  EXPECT_EQ(remembered.size_in("ab"), 0u);
  remembered.forget();
  EXPECT_EQ(remembered.size_in("abc" + behind), 0u);
}

TEST(text_model, learns_but_now_and_then_where_nothing_is_alike) {
  text_model remembered;
  int learnt = 0;
  for (int i = 0; i < 1000; ++i) {
    remembered.learn("abc", "abc");
    learnt += remembered.is_empty() ? 0 : 1;
  }
  EXPECT_GT(learnt, 16);
  EXPECT_LT(learnt, 100);
  while (remembered.is_empty()) remembered.learn("abc", "abc");
  EXPECT_EQ(remembered.size_in("abc" + behind), 3u);
  remembered.learn("abcd", "abcd");
  EXPECT_EQ(remembered.size_in("abcd" + behind), 4u);
}

// What the model allows, byte for byte.
bool is_alike(const std::string& model, const std::string& text) {
  const auto is_clock = [&](std::size_t at) {
    for (const std::size_t digit : {0, 1, 3, 4, 6, 7}) {
      if (!is_digit(model[at + digit])) return false;
    }
    return model[at + 2] == ':' && model[at + 5] == ':' && (at == 0 || !is_digit(model[at - 1]));
  };
  std::string bounds(model.size(), '\0');  // 0 where the byte is fixed, else the last digit.
  for (std::size_t at = 0; at + 8 <= model.size(); ++at) {
    if (!is_clock(at)) continue;
    bounds[at + 3] = bounds[at + 6] = '5';
    bounds[at + 4] = bounds[at + 7] = '9';
    at += 8;
    if (at == model.size() || (model[at] != '.' && model[at] != ',')) break;
    while (++at < model.size() && is_digit(model[at])) bounds[at] = '9';
    break;
  }
  for (std::size_t i = 0; i < model.size(); ++i) {
    const bool fits =
        bounds[i] == '\0' ? text[i] == model[i] : text[i] >= '0' && text[i] <= bounds[i];
    if (!fits) return false;
  }
  return true;
}

TEST(text_model, agrees_with_looking_at_each_byte) {
  std::mt19937 random(7);
  const auto random_text = [&](std::size_t size) {
    std::string text(size, ' ');
    for (char& c : text) c = "0123456789::::.,xx \xff"[random() % 20];
    return text;
  };
  int alike = 0;
  for (int i = 0; i < 50'000; ++i) {
    std::string model = random_text(1 + random() % text_model::longest);
    if (model.size() >= 12 && random() % 2 == 0) {
      model.replace(random() % (model.size() - 11), 12, "12:34:56.789");
    }
    std::string text = model;
    for (std::size_t changes = random() % 3; changes > 0; --changes) {
      text[random() % text.size()] = "0123456789:x"[random() % 12];
    }
    const bool want = is_alike(model, text);
    alike += want && text != model ? 1 : 0;
    ASSERT_EQ(size_after(model, text), want ? model.size() : 0) << model << "\n" << text;
  }
  EXPECT_GT(alike, 500);
}

}  // namespace
}  // namespace countips
