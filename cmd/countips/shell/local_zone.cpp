#include "countips/shell/local_zone.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "countips/times/digits.h"

namespace countips {

namespace {

par::unexpected<std::string> wrong(std::string why) {
  return par::unexpected<std::string>(std::move(why));
}

bool is_letter(char c) {
  return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

// What begins as a rule of POSIX does: "CET-1CEST,M3.5.0,M10.5.0/3", "<+03>-3".
bool is_rule(std::string_view tz) {
  const auto* const name =
      tz.starts_with('<') ? std::ranges::find(tz, '>') : std::ranges::find_if_not(tz, is_letter);
  std::string_view behind(name, tz.end());
  if (name - tz.begin() < 3 || behind.empty()) return false;
  if (behind.starts_with('>')) behind.remove_prefix(1);
  if (behind.starts_with('+') || behind.starts_with('-')) behind.remove_prefix(1);
  return !behind.empty() && is_digit(behind.front());
}

// "UTC0", "GMT-0", "UTC+00:00"
bool is_utc_rule(std::string_view tz) {
  if (!tz.starts_with("UTC") && !tz.starts_with("GMT")) return false;
  tz.remove_prefix(3);
  if (tz.starts_with('+') || tz.starts_with('-')) tz.remove_prefix(1);
  return tz.starts_with('0') && tz.find_first_not_of("0:") == std::string_view::npos;
}

// "/usr/share/zoneinfo/Europe/Berlin" is Europe/Berlin, as is a link to it. Empty if it is none.
std::string zone_of_file(const std::string& path) {
  constexpr std::string_view folder = "/zoneinfo/";
  std::error_code failed;
  const std::string whole = std::filesystem::weakly_canonical(path, failed).string();
  for (const std::string& each : {path, whole}) {
    const std::size_t at = each.find(folder);
    if (at == std::string::npos) continue;
    std::string name = each.substr(at + folder.size());
    if (name.starts_with("posix/")) name.erase(0, 6);
    if (time_zone::named(name)) return name;
  }
  return {};
}

argument<time_zone> zone_of_machine() {
  const auto zone = time_zone::of_this_machine();
  if (!zone) return wrong("this machine has no time zone");
  return *zone;
}

}  // namespace

argument<time_zone> local_zone(const std::optional<std::string>& tz) {
  if (!tz) return zone_of_machine();
  const std::string value = tz->starts_with(':') ? tz->substr(1) : *tz;
  if (value.empty()) return time_zone::utc();
  if (value == "/etc/localtime") return zone_of_machine();
  const auto zone = time_zone::named(value.starts_with('/') ? zone_of_file(value) : value);
  if (zone) return *zone;
  if (is_utc_rule(value)) return time_zone::utc();
  if (is_rule(value)) {
    return wrong("TZ holds a rule, '" + value + "', and not a zone such as Europe/Berlin");
  }
  return wrong("TZ names no time zone: " + value);
}

}  // namespace countips
