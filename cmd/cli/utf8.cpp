#include "cli/utf8.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace cli {
namespace {

struct interval {
  char32_t first;
  char32_t last;
};

// Unicode 15: general categories Mn and Me of the scripts in common use, joiners and selectors.
constexpr std::array zero_width = {
    interval{0x0300, 0x036F},   interval{0x0483, 0x0489}, interval{0x0591, 0x05BD},
    interval{0x0610, 0x061A},   interval{0x064B, 0x065F}, interval{0x0670, 0x0670},
    interval{0x06D6, 0x06DC},   interval{0x0900, 0x0902}, interval{0x093C, 0x093C},
    interval{0x0941, 0x0948},   interval{0x0E31, 0x0E31}, interval{0x0E34, 0x0E3A},
    interval{0x0E47, 0x0E4E},   interval{0x1AB0, 0x1AFF}, interval{0x1DC0, 0x1DFF},
    interval{0x200B, 0x200F},   interval{0x202A, 0x202E}, interval{0x2060, 0x2064},
    interval{0x20D0, 0x20F0},   interval{0x302A, 0x302D}, interval{0x3099, 0x309A},
    interval{0xFE00, 0xFE0F},   interval{0xFE20, 0xFE2F}, interval{0xFEFF, 0xFEFF},
    interval{0xE0100, 0xE01EF},
};

// Unicode 15, EastAsianWidth.txt: classes W and F.
constexpr std::array two_columns = {
    interval{0x1100, 0x115F},   interval{0x231A, 0x231B},   interval{0x2329, 0x232A},
    interval{0x23E9, 0x23EC},   interval{0x25FD, 0x25FE},   interval{0x2614, 0x2615},
    interval{0x2648, 0x2653},   interval{0x26AA, 0x26AB},   interval{0x26BD, 0x26BE},
    interval{0x26C4, 0x26C5},   interval{0x2705, 0x2705},   interval{0x270A, 0x270B},
    interval{0x2728, 0x2728},   interval{0x274C, 0x274C},   interval{0x2753, 0x2755},
    interval{0x2795, 0x2797},   interval{0x2B1B, 0x2B1C},   interval{0x2B50, 0x2B50},
    interval{0x2E80, 0x303E},   interval{0x3041, 0x3247},   interval{0x3250, 0x4DBF},
    interval{0x4E00, 0xA4CF},   interval{0xA960, 0xA97C},   interval{0xAC00, 0xD7A3},
    interval{0xF900, 0xFAFF},   interval{0xFE10, 0xFE19},   interval{0xFE30, 0xFE6B},
    interval{0xFF01, 0xFF60},   interval{0xFFE0, 0xFFE6},   interval{0x16FE0, 0x18CFF},
    interval{0x1B000, 0x1B2FB}, interval{0x1F004, 0x1F004}, interval{0x1F0CF, 0x1F0CF},
    interval{0x1F18E, 0x1F18E}, interval{0x1F191, 0x1F19A}, interval{0x1F200, 0x1F320},
    interval{0x1F32D, 0x1F335}, interval{0x1F337, 0x1F37C}, interval{0x1F37E, 0x1F393},
    interval{0x1F3A0, 0x1F3CA}, interval{0x1F3CF, 0x1F3D3}, interval{0x1F3E0, 0x1F3F0},
    interval{0x1F3F4, 0x1F3F4}, interval{0x1F3F8, 0x1F43E}, interval{0x1F440, 0x1F440},
    interval{0x1F442, 0x1F4FC}, interval{0x1F4FF, 0x1F53D}, interval{0x1F54B, 0x1F54E},
    interval{0x1F550, 0x1F567}, interval{0x1F57A, 0x1F57A}, interval{0x1F595, 0x1F596},
    interval{0x1F5A4, 0x1F5A4}, interval{0x1F5FB, 0x1F64F}, interval{0x1F680, 0x1F6C5},
    interval{0x1F6CC, 0x1F6CC}, interval{0x1F6D0, 0x1F6D2}, interval{0x1F6D5, 0x1F6DF},
    interval{0x1F6EB, 0x1F6EC}, interval{0x1F6F4, 0x1F6FC}, interval{0x1F7E0, 0x1F7F0},
    interval{0x1F90C, 0x1F93A}, interval{0x1F93C, 0x1F945}, interval{0x1F947, 0x1F9FF},
    interval{0x1FA70, 0x1FAF8}, interval{0x20000, 0x3FFFD},
};

template <class Table>
bool contains(const Table& table, char32_t point) noexcept {
  const auto after = std::upper_bound(table.begin(), table.end(), point,
                                      [](char32_t p, const interval& i) { return p < i.first; });
  return after != table.begin() && point <= std::prev(after)->last;
}

// How many bytes the leading byte announces, 0 if it cannot lead.
std::size_t announced(unsigned char lead) noexcept {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  if (lead >= 0xF0 && lead < 0xF5) return 4;
  return 0;
}

bool allowed(char32_t point, std::size_t bytes) noexcept {
  constexpr std::array<char32_t, 5> least = {0, 0, 0x80, 0x800, 0x10000};
  return point >= least[bytes] && point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
}

// The shortest end of text that begins with a character and takes no more than `columns`.
std::string_view tail(std::string_view text, int columns) noexcept {
  for (int left = width(text); left > columns;) {
    const character first = first_character(text);
    left -= first.valid ? width(first.point) : 1;
    text.remove_prefix(first.bytes);
  }
  return text;
}

}  // namespace

character first_character(std::string_view text) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::size_t bytes = announced(byte(0));
  if (bytes == 0 || bytes > text.size()) return {};
  if (bytes == 1) return {.point = byte(0), .bytes = 1, .valid = true};
  char32_t point = byte(0) & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {};
    point = point << 6 | (byte(i) & 0x3FU);
  }
  if (!allowed(point, bytes)) return {};
  return {.point = point, .bytes = bytes, .valid = true};
}

int width(char32_t point) noexcept {
  if (contains(zero_width, point)) return 0;
  return contains(two_columns, point) ? 2 : 1;
}

int width(std::string_view text) noexcept {
  int columns = 0;
  while (!text.empty()) {
    const character first = first_character(text);
    columns += first.valid ? width(first.point) : 1;
    text.remove_prefix(first.bytes);
  }
  return columns;
}

std::string_view cut(std::string_view text, int columns) noexcept {
  std::size_t kept = 0;
  while (kept < text.size()) {
    const character next = first_character(text.substr(kept));
    columns -= next.valid ? width(next.point) : 1;
    if (columns < 0) break;
    kept += next.bytes;
  }
  return text.substr(0, kept);
}

std::string elide_middle(std::string_view text, int columns) {
  constexpr std::string_view gap = "...";
  constexpr int gap_width = static_cast<int>(gap.size());
  if (width(text) <= columns) return std::string(text);
  if (columns < gap_width + 2) return std::string(cut(text, columns));
  const int head_width = (columns - gap_width) / 2;
  const std::string_view head = cut(text, head_width);
  std::string elided(head);
  elided += gap;
  elided += tail(text.substr(head.size()), columns - gap_width - width(head));
  return elided;
}

}  // namespace cli
