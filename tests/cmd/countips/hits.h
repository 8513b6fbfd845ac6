// What a format says of one line, for tests.
#pragma once

#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include "countips/formats/text_format.h"

namespace countips {

struct hit {
  std::string day;     // 2024-01-02
  std::string client;  // An address as inet_ntop writes it, or the name.

  friend bool operator==(const hit&, const hit&) = default;
  friend std::ostream& operator<<(std::ostream& to, const hit& it) {
    return to << it.day << ' ' << it.client;
  }
};

// A record with texts of its own.
struct full_hit {
  std::string client;
  timestamp time;
  std::string status, method, path, agent, host;
};

// What the reader of the format says of the line, without its line end; nullopt unless it counts.
// Its block reader is asked too, and must agree.
[[nodiscard]] std::optional<full_hit> read_line(std::string_view line, const text_format& format,
                                                const read_rules& rules = {});
[[nodiscard]] std::optional<hit> hit_of(std::string_view line, const text_format& format,
                                        const read_rules& rules = {});

}  // namespace countips
