// Text as it stands in a page of HTML or a drawing in SVG.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace countips {

// As the content of an element or of an attribute in quotes. Control characters and bytes that are
// no UTF-8 are shown as in \n and \377, since pages cannot hold them.
[[nodiscard]] std::string markup(std::string_view text);

// 1,234,567
[[nodiscard]] std::string with_separators(std::uint64_t number);

// "client": "clients"; "address": "addresses"
[[nodiscard]] std::string plural(std::string_view singular);

// "1 client", "2 clients"
[[nodiscard]] std::string amount(std::uint64_t number, std::string_view singular);

// A length or a place in a drawing, to a hundredth.
[[nodiscard]] std::string length(double pixels);

// No less than what a drawing's small text takes in any of the usual fonts, in pixels.
[[nodiscard]] double small_text_width(std::string_view text);

// How high that text is.
constexpr double small_text_size = 11;

}  // namespace countips
