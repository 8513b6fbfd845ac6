// How a page looks: on a screen, light or dark, and in print.
#pragma once

#include <string_view>

namespace countips {

// A style sheet. The two colours differ for every kind of colour vision, and in lightness.
[[nodiscard]] std::string_view page_style();

}  // namespace countips
