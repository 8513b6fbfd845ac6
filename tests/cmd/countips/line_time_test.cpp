#include "countips/formats/line_time.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "countips/times/time_text.h"

namespace countips {
namespace {

TEST(line_time, reads_what_its_shape_allows) {
  struct time_case {
    time_shape shape;
    std::string text;
    std::string day;  // Empty: there is no such time.
    std::uint32_t second = 0;
    std::int32_t offset = 0;
    bool has_offset = false;
  };
  using enum time_shape;
  const time_case cases[] = {
      {iso, "2024-01-02T03:04:05.678901Z", "2024-01-02", 11045, 0, true},
      {iso, "2024-01-02 03:04:05", "2024-01-02", 11045},
      {iso, "2024-01-02T03:04:05+05:30", "2024-01-02", 11045, 19800, true},
      {any, "[2024-01-02T03:04:05-0100]", "2024-01-02", 11045, -3600, true},
      {iso, "2016-12-31T23:59:60Z", "2016-12-31", 86399, 0, true},
      {iso, "2024-02-30T03:04:05Z", ""},
      {iso, "2024-01-02T24:04:05Z", ""},
      {iso, "2024-01-02T03:60:05Z", ""},
      {iso, "2024-01-02T03:04:61Z", ""},
      {iso, "2024-01-02T03:04:05ZZ", ""},
      {iso, "2024-01-02", ""},
      {iso, "02/Jan/2024:03:04:05 +0100", ""},
      {iso, "", ""},
      {iso, "[]", ""},
      {iso, "[2024-01-02T03:04:05Z]", ""},
      {clf, "[02/Jan/2024:03:04:05 +0130", ""},
      {clf, "[02/Jan/2024:03:04:05 +0130]", "2024-01-02", 11045, 5400, true},
      {clf, "02/Jan/2024:03:04:05.678", "2024-01-02", 11045},
      {clf, "02/Jan/2024:03:04:05 ", ""},
      {clf, "02/Foo/2024:03:04:05 +0100", ""},
      {clf, "2024-01-02T03:04:05Z", ""},
      {ctime, "Tue Jan  2 03:04:05 2024", "2024-01-02", 11045},
      {ctime, "Wed Dec 31 23:59:59 1969", "1969-12-31", 86399},
      {ctime, "Tue Jan 32 03:04:05 2024", ""},
      {ctime, "Foo Jan  2 03:04:05 2024", ""},
      {ctime, "Tue Jan  2 03:04:05 202x", ""},
      {epoch, "1704164645", "2024-01-02", 11045, 0, true},
      {epoch, "1704164645.678", "2024-01-02", 11045, 0, true},
      {epoch, "1704164645678", "2024-01-02", 11045, 0, true},
      {epoch, "999999999.9", "2001-09-09", 6399, 0, true},
      {epoch, "1704164645.", ""},
      {epoch, "1704164645.6x", ""},
      {epoch, "1704164645x", ""},
      {epoch, "-1704164645", ""},
      {epoch, "12", ""},
      {any, "2024-01-02T03:04:05Z", "2024-01-02", 11045, 0, true},
      {any, "[02/Jan/2024:03:04:05 +0130]", "2024-01-02", 11045, 5400, true},
      {any, "Tue Jan  2 03:04:05 2024", "2024-01-02", 11045},
      {any, "1704164645.678", "2024-01-02", 11045, 0, true},
      {any, "yesterday", ""},
      {any, "", ""},
  };
  for (const time_case& before : cases) {  // Whatever was read before changes nothing.
    for (const time_case& c : cases) {
      if (before.shape != c.shape && before.shape != any) continue;
      SCOPED_TRACE(before.text + ", then " + c.text);
      line_time time(c.shape);
      static_cast<void>(time.read(before.text));
      ASSERT_EQ(time.read(c.text), !c.day.empty());
      if (c.day.empty()) continue;
      EXPECT_EQ(time.last().date.text(), c.day);
      EXPECT_EQ(time.last().second, c.second);
      EXPECT_EQ(time.last().offset, c.offset);
      EXPECT_EQ(time.last().has_offset, c.has_offset);
    }
  }
}

TEST(line_time, reads_date_and_clock_that_stand_apart) {
  line_time time(time_shape::iso);
  ASSERT_TRUE(time.read_apart("2024-01-02", "03:04:05.678"));
  EXPECT_EQ(time.last(), (timestamp{*day::make(2024, 1, 2), 11045, 0, false}));
  ASSERT_TRUE(time.read_apart("2024-01-03", "00:00:00"));
  EXPECT_EQ(time.last(), (timestamp{*day::make(2024, 1, 3), 0, 0, false}));
  EXPECT_FALSE(time.read_apart("2024-01-33", "00:00:00"));
  EXPECT_FALSE(time.read_apart("2024-01-03", "24:00:00"));
  EXPECT_FALSE(time.read_apart("2024-01-03", "00:00:00Z"));
  EXPECT_FALSE(time.read_apart("2024-01-03T", "00:00:00"));
  EXPECT_FALSE(time.read_apart("", ""));
  ASSERT_TRUE(time.read_clock(*day::make(2023, 5, 6), "00:00:07"));
  EXPECT_EQ(time.last(), (timestamp{*day::make(2023, 5, 6), 7, 0, false}));
}

std::string damaged(std::string text, std::mt19937& random) {
  constexpr std::string_view bytes = "0159:/-+.TZ ]J";
  for (std::size_t n = random() % 3; n > 0 && !text.empty(); --n) {
    const std::size_t at = random() % text.size();
    switch (random() % 3) {
      case 0:
        text[at] = bytes[random() % bytes.size()];
        break;
      case 1:
        text.erase(at, 1);
        break;
      default:
        text.insert(at, 1, bytes[random() % bytes.size()]);
    }
  }
  return text;
}

TEST(line_time, agrees_with_the_plain_parsers_on_damaged_times) {
  const std::vector<std::string> isos = {"2024-01-02T03:04:05.678Z", "2024-01-02 03:04:05+01:00",
                                         "2024-02-29T23:59:60", "2024-01-02T03:04:05-0130"};
  const std::vector<std::string> clfs = {"02/Jan/2024:03:04:05 +0100", "29/Feb/2023:03:04:05 +0000",
                                         "02/Jan/2024:03:04:05.678"};
  const std::vector<std::string> epochs = {"1704164645.678", "1704164645", "1704170000",
                                           "1704164645678", "1709164645.1"};
  std::mt19937 random(11);
  line_time iso(time_shape::iso), clf(time_shape::clf), epoch(time_shape::epoch);
  const auto compare = [](line_time& time, const std::string& text,
                          const std::optional<timestamp>& want) {
    ASSERT_EQ(time.read(text), want.has_value()) << text;
    if (want) {
      ASSERT_EQ(time.last(), *want) << text;
    }
  };
  for (int i = 0; i < 30000; ++i) {
    std::string text = damaged(isos[random() % isos.size()], random);
    compare(iso, text, parse_iso_time(text));
    text = damaged(clfs[random() % clfs.size()], random);
    compare(clf, text, parse_clf_time(text));
    text = damaged(epochs[random() % epochs.size()], random);
    compare(epoch, text, parse_epoch(text));
  }
}

}  // namespace
}  // namespace countips
