// A line of a log within a JSON document.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "countips/formats/json_finder.h"

namespace countips {

// Not thread-safe.
class json_envelope {
 public:
  // The line is the string at the first key, or an array of its bytes, as journald writes what is
  // not UTF-8. The document must have the other key too, if that is not empty.
  json_envelope(std::string_view line_key, std::string_view other_key);

  // The line that the document holds, without its line end; line ends within it become blanks.
  // nullopt if there is none. Good until the next.
  [[nodiscard]] std::optional<std::string_view> open(std::string_view document);

 private:
  json_finder finder_;
  json_slot_set asked_;
  json_found found_;
  std::string line_;
};

}  // namespace countips
