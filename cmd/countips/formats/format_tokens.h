// The pieces of a LogFormat or log_format string.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "countips/formats/layout.h"
#include "par/base/expected.h"

namespace countips {

// Why a string is no format that lines can be read by, and at which of its bytes that shows.
struct format_error {
  std::size_t position = 0;
  std::string reason;  // "no time: there is none of %t and %{...}t"

  friend bool operator==(const format_error&, const format_error&) = default;
};

// A field of the format other than the time.
struct format_field {
  field_role role = field_role::skip;
  bool is_tidy = false;
  bool is_port = false;
  bool is_fallback = false;  // It is the peer only if no other field is.
};

struct format_token {
  std::size_t position = 0;
  // Text is told from fields and times by its type.
  std::variant<std::string, format_field, time_piece> what;
};

using format_tokens = std::vector<format_token>;

// Of Apache's LogFormat; of its escapes \" \\ \t \r and \n mean what they mean there.
[[nodiscard]] par::expected<format_tokens, format_error> apache_tokens(std::string_view format);

// Of nginx's log_format, as nginx has it once its configuration is read.
[[nodiscard]] format_tokens nginx_tokens(std::string_view format);

// Whether anything in the text looks like a variable of nginx.
[[nodiscard]] bool has_nginx_variable(std::string_view format);

// The role of a header of the request: "X-Forwarded-For", in any case, with '_' for '-' too.
[[nodiscard]] format_field field_of_header(std::string_view name);

// Adds to the text that the tokens end with, or starts one.
void append_text(format_tokens& tokens, std::size_t position, std::string_view text);

}  // namespace countips
