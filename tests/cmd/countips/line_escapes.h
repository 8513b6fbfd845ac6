// How servers write texts into their logs, for generated ones.
#pragma once

#include <string>

namespace countips {

using line_escape = std::string (*)(const std::string& text);

[[nodiscard]] std::string raw_text(const std::string& text);  // As it is.
// As it is, without the blanks behind quotes that would seem to end a field.
[[nodiscard]] std::string unescaped_text(const std::string& text);
[[nodiscard]] std::string apache_text(const std::string& text);  // \" and \x16
[[nodiscard]] std::string nginx_text(const std::string& text);   // \x22 and \x16
[[nodiscard]] std::string json_text(const std::string& text);    // \" and \u0016
[[nodiscard]] std::string apache_in_json(const std::string& text);
[[nodiscard]] std::string url_text(const std::string& text);   // %22 and %20
[[nodiscard]] std::string word_text(const std::string& text);  // Blanks as +, the rest as it is.

}  // namespace countips
