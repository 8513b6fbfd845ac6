// A made-up request, as it is before it is written in some format.
#pragma once

#include <fmt/core.h>

#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

namespace generate {

// A second of UTC in the forms that logs have.
struct moment {
  std::int64_t epoch = 0;  // Since 1970.
  std::string date;        // 2024-02-26
  std::string clock;       // 03:04:05
  std::string clf;         // 26/Feb/2024:03:04:05
  std::string ctime;       // Mon Feb 26 03:04:05 2024
};

[[nodiscard]] moment moment_of(std::int64_t epoch);

// A GET. Its texts hold neither quotes nor backslashes nor control characters.
struct request {
  std::string client;
  moment when;
  std::string path;   // "/api/v2/search"
  std::string query;  // "q=shoes&page=3"; may be empty.
  std::string_view status;
  std::uint64_t bytes = 0;
  std::string_view referer;  // "-" if there is none.
  std::string_view agent;
};

[[nodiscard]] std::string target(const request& what);    // "/api/v2/search?q=shoes&page=3"
[[nodiscard]] std::string clf_time(const request& what);  // 26/Feb/2024:03:04:05 +0000
[[nodiscard]] std::string iso_time(const request& what);  // 2024-02-26T03:04:05

// Formats the values at the end of the text.
template <class... Args>
void append(std::string& to, fmt::format_string<Args...> format, Args&&... args) {
  fmt::format_to(std::back_inserter(to), format, std::forward<Args>(args)...);
}

}  // namespace generate
