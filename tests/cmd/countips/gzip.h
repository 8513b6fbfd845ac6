// Texts packed with gzip.
#pragma once

#include <string>
#include <string_view>

namespace countips {

// One member.
[[nodiscard]] std::string gzip(std::string_view text);

}  // namespace countips
