// Text as a terminal shows it: characters of UTF-8 and the columns they take.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cli {

struct character {
  char32_t point = 0;
  std::size_t bytes = 1;
  bool valid = false;  // If not, `bytes` is 1: a byte that belongs to no character.
};

// The first character of text. REQUIRES: text is not empty. Overlong forms, surrogates and points
// above U+10FFFF are not valid.
[[nodiscard]] character first_character(std::string_view text) noexcept;

// Columns of one character: 0 for marks that combine, 2 for East Asian wide ones and emoji, else 1.
[[nodiscard]] int width(char32_t point) noexcept;

// Columns of a whole text; a byte that is no character counts as 1.
[[nodiscard]] int width(std::string_view text) noexcept;

// The longest beginning that takes no more than `columns`.
[[nodiscard]] std::string_view cut(std::string_view text, int columns) noexcept;

// The whole text if it fits, otherwise its beginning and end with "..." between them; less than
// five columns hold just a beginning.
[[nodiscard]] std::string elide_middle(std::string_view text, int columns);

}  // namespace cli
