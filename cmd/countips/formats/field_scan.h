// Where the fields of a layout begin and end in a line.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "countips/formats/layout.h"

namespace countips {

// Where the text has another one in it, at `from` or behind; npos if it has not. REQUIRES that it
// is not empty.
[[nodiscard]] std::size_t find_text(std::string_view text, std::string_view what,
                                    std::size_t from = 0);

// Where to look on if a list of clients goes on behind the blank at this place, npos if it does
// not. Every blank before that place is one of the list too.
[[nodiscard]] std::size_t behind_gap_in_list(std::string_view text, std::size_t blank);

// Takes the field that the text begins with off it, and the text that ends it; nullopt if that is
// missing, and the text is as before. Where a status should follow, it ends there if there is such
// a place: clients send quotes, and some servers write them as they are. A field that the end of
// the line ends takes all of it.
[[nodiscard]] std::optional<std::string_view> take_field(std::string_view& text,
                                                         const layout_field& field,
                                                         bool has_escapes);

// The word, or list of words with commas between them, that the text begins with.
[[nodiscard]] std::string_view first_list(std::string_view text);

// The field without the colon and the port behind it, if it has any.
[[nodiscard]] std::string_view without_port(std::string_view value);

// Whether it is what servers write for a status: three digits, or "-".
[[nodiscard]] bool is_logged_status(std::string_view value);

[[nodiscard]] inline bool is_client(const layout_field& field) {
  return field.role == field_role::peer || field.role == field_role::forwarded;
}

// Whether its end can be told by looking for the text that ends it.
[[nodiscard]] inline bool ends_surely(const layout_field& field, bool has_escapes) {
  return field.is_tidy || (has_escapes && field.end.starts_with('"'));
}

// The value without its blanks around, as far as they are none of its own.
[[nodiscard]] std::string_view trimmed(std::string_view value);

}  // namespace countips
