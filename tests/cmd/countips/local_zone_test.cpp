#include "countips/shell/local_zone.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "support/temp_dir.h"

namespace countips {
namespace {

// At noon of a summer's day in UTC.
std::string clock_in(const argument<time_zone>& zone) {
  if (!zone) return zone.error();
  zone_clock clock(*zone);
  const timestamp noon{
      .date = day::from_number(20240609), .second = 43200, .offset = 0, .has_offset = true};
  return std::to_string(clock.at(noon).second / 3600);
}

TEST(local_zone, is_what_the_variable_tells) {
  struct zone_case {
    const char *tz, *want;
  };
  const zone_case cases[] = {
      {"Europe/Berlin", "14"},
      {":Europe/Berlin", "14"},
      {"/usr/share/zoneinfo/Europe/Berlin", "14"},
      {":/usr/share/zoneinfo/Europe/Berlin", "14"},
      {"/usr/share/zoneinfo/posix/Europe/Berlin", "14"},
      {"", "12"},
      {":", "12"},
      {"UTC", "12"},
      {"UTC0", "12"},
      {"GMT0", "12"},
      {"UTC-0", "12"},
      {"UTC+00:00", "12"},
      {"CET-1CEST", "TZ holds a rule, 'CET-1CEST', and not a zone such as Europe/Berlin"},
      {"UTC-3", "TZ holds a rule, 'UTC-3', and not a zone such as Europe/Berlin"},
      {"<+03>-3", "TZ holds a rule, '<+03>-3', and not a zone such as Europe/Berlin"},
      {"Nowhere/Else", "TZ names no time zone: Nowhere/Else"},
      {"/etc/passwd", "TZ names no time zone: /etc/passwd"},
      {"x1", "TZ names no time zone: x1"},
  };
  for (const zone_case& c : cases) EXPECT_EQ(clock_in(local_zone(c.tz)), c.want) << c.tz;
}

TEST(local_zone, follows_a_link_to_a_zone) {
  const support::temp_dir directory;
  const std::filesystem::path link = directory.path() / "here";
  std::filesystem::create_symlink("/usr/share/zoneinfo/Asia/Tokyo", link);
  EXPECT_EQ(clock_in(local_zone(link.string())), "21");
}

TEST(local_zone, is_that_of_the_machine_where_nothing_is_told) {
  EXPECT_EQ(clock_in(local_zone(std::nullopt)), clock_in(local_zone(":/etc/localtime")));
}

}  // namespace
}  // namespace countips
