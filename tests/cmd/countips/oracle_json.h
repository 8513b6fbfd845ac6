// What the lines of JSON logs say, found by the look of `"key": "value"`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cmd/countips/format_oracle.h"

namespace countips {

[[nodiscard]] std::vector<std::string> oracle_json_names();

// Empty unless it is the name of such a format.
[[nodiscard]] line_oracle oracle_of_json(std::string_view name);

// The line that is in a document of docker ("docker"), of the journal, or of a shipper ("message").
[[nodiscard]] std::optional<std::string> oracle_json_message(const std::string& from,
                                                             const std::string& line);

}  // namespace countips
