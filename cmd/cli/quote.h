// Names and texts made safe to show on a terminal.
#pragma once

#include <string>
#include <string_view>

namespace cli {

// A name as it may be shown: in single quotes, control characters and bytes that are no UTF-8
// escaped as in \n and \377, quotes and backslashes too: 'it\'s'.
[[nodiscard]] std::string quoted(std::string_view name);

// The same escapes for control characters and for bytes that are no UTF-8, and no others: for text
// around names that are quoted already. `keep` are control characters to leave alone.
[[nodiscard]] std::string escaped(std::string_view text, std::string_view keep = {});

// As a JSON string with its double quotes. Bytes that are no UTF-8 become U+FFFD, since JSON
// cannot hold them.
[[nodiscard]] std::string json_string(std::string_view text);

}  // namespace cli
