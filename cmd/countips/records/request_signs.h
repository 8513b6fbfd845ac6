// What shows that a record tells of a request: other records have a client and a time, too.
#pragma once

#include <string_view>

#include "countips/records/record.h"

namespace countips {

// Texts are without quotes around them, but may have escapes.

[[nodiscard]] bool is_status(std::string_view text);  // From 100 to 599.
[[nodiscard]] bool is_method(std::string_view text);  // In capitals: "GET", "M-SEARCH".
[[nodiscard]] bool is_target(std::string_view text);  // "/path", "https://example.com", "\/path"

// "GET /path HTTP/1.1", "CONNECT example.com:443", or a target alone.
[[nodiscard]] bool is_request_line(std::string_view text);

// One of them is enough.
[[nodiscard]] bool tells_of_request(const record& what);

}  // namespace countips
