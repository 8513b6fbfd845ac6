// What syslog and containers put in front of a line, as text.
#pragma once

#include <optional>
#include <string_view>

namespace countips {

// The line behind the prefix; nullopt if it does not begin with one. See line_prefix.
[[nodiscard]] std::optional<std::string_view> behind_cri(std::string_view line);
[[nodiscard]] std::optional<std::string_view> behind_compose(std::string_view line);
[[nodiscard]] std::optional<std::string_view> behind_rfc5424(std::string_view line);
[[nodiscard]] std::optional<std::string_view> behind_syslog(std::string_view line);
[[nodiscard]] std::optional<std::string_view> behind_timestamp(std::string_view line);

}  // namespace countips
