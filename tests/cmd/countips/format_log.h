// Generated logs of every known format.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cmd/countips/nasty_request.h"

namespace countips {

// The names of the formats that there are lines of: all that are recognised by themselves, and some
// behind prefixes.
[[nodiscard]] std::vector<std::string> made_formats();

// Writes lines of one format, with their line ends. The same seed gives the same.
class format_writer {
 public:
  format_writer(std::string_view format, std::uint64_t seed);

  [[nodiscard]] std::string request();  // A header may stand before it.
  [[nodiscard]] std::string torn();     // A request cut off anywhere, which may be one still.
  // What is in logs besides: errors, comments, what other programs log, the beginnings of lines.
  [[nodiscard]] std::string other();
  [[nodiscard]] std::string any();

 private:
  [[nodiscard]] std::string fill(std::string_view text);

  std::size_t row_;
  request_maker make_;
  bool has_header_ = false;
  std::size_t variant_ = 0;
};

[[nodiscard]] std::string make_format_log(std::string_view format, std::size_t lines,
                                          std::uint64_t seed);

}  // namespace countips
