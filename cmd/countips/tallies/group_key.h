// What requests are counted together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "countips/clients/text_hash.h"
#include "countips/records/record.h"
#include "countips/tallies/host_table.h"
#include "countips/times/time_zone.h"

namespace countips {

enum class grouping : std::uint8_t { hour, day, week, month, total, file, host };

// The number of a group; groups are reported in the order of their keys. An hour is as hour_key, a
// day 20240102, a week the day of its Monday, a month 202401, all requests together 0, a file its
// place in the list of inputs, a host its number in the table.
using group_key = std::uint64_t;

// The hour that the clock shows. Of those that it shows twice the key tells the offset, so that the
// earlier one, which is further ahead of UTC, comes first: 2024010203 and twelve bits.
struct hour_key {
  static constexpr group_key places = 4096;

  [[nodiscard]] static constexpr group_key of(group_key date, group_key hour,
                                              std::optional<std::int16_t> told_apart_by = {}) {
    const int place = told_apart_by ? 2048 - *told_apart_by : 0;
    return (date * 100 + hour) * places + static_cast<group_key>(place);
  }
  [[nodiscard]] static constexpr std::uint32_t date(group_key key) {
    return static_cast<std::uint32_t>(key / places / 100);
  }
  [[nodiscard]] static constexpr unsigned hour(group_key key) {
    return static_cast<unsigned>(key / places % 100);
  }
  [[nodiscard]] static constexpr std::optional<int> told_apart_by(group_key key) {
    const auto place = static_cast<int>(key % places);
    return place == 0 ? std::nullopt : std::optional(2048 - place);
  }
};

[[nodiscard]] inline bool is_span_of_time(grouping by) {
  return by == grouping::hour || by == grouping::day || by == grouping::week ||
         by == grouping::month;
}

// The Monday of the week that the day lies in (ISO 8601).
[[nodiscard]] day monday_of(day date);

// Finds the keys of requests, one after the other. Not thread-safe.
class group_keys {
 public:
  // `file` is the key where files are grouped by. The table must outlive it; null unless hosts are.
  group_keys(grouping by, group_key file, host_table* hosts)
      : by_(by), file_(file), hosts_(hosts) {}

  // `when` is the time of the request in the zone in which days are counted.
  [[nodiscard]] group_key of(const record& what, const local_time& when) {
    if (by_ == grouping::day) return when.date.number();
    return of_other(what, when);
  }

 private:
  [[nodiscard]] group_key of_other(const record& what, const local_time& when);
  [[nodiscard]] std::uint64_t number_of_host(std::string_view host);

  const grouping by_;
  const group_key file_;
  host_table* const hosts_;
  // Those seen before, so that threads do not meet at the table for each line.
  std::unordered_map<std::string, std::uint64_t, text_hash, std::equal_to<>> known_hosts_;
  day last_day_;  // And the Monday before it.
  day last_monday_;
};

}  // namespace countips
