#include "countips/formats/clf_time.h"

#include "countips/times/digits.h"

namespace countips {

namespace {

bool is_letter(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'z';
}

unsigned number(std::string_view digits) {
  unsigned value = 0;
  for (const char c : digits) value = value * 10 + static_cast<unsigned>(c - '0');
  return value;
}

// 1 for Jan to 12 for Dec, as servers write them in every locale; 0 for anything else.
unsigned month_of(std::string_view name) {
  constexpr std::string_view names = "JanFebMarAprMayJunJulAugSepOctNovDec";
  for (std::size_t i = 0; i < names.size(); i += 3) {
    if (names.substr(i, 3) == name) return static_cast<unsigned>(i / 3 + 1);
  }
  return 0;
}

}  // namespace

bool is_clf_time_shaped(std::string_view text) {
  // 0 stands for a digit, A for a letter, + for a sign; everything else for itself.
  constexpr std::string_view shape = "[00/AAA/0000:00:00:00 +0000]";
  static_assert(shape.size() == clf_time_size);
  if (text.size() < shape.size()) return false;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const char c = text[i];
    switch (shape[i]) {
      case '0':
        if (!is_digit(c)) return false;
        break;
      case 'A':
        if (!is_letter(c)) return false;
        break;
      case '+':
        if (c != '+' && c != '-') return false;
        break;
      default:
        if (c != shape[i]) return false;
    }
  }
  return true;
}

bool is_clf_clock(std::string_view text) {
  const auto below = [text](std::size_t at, unsigned limit) {  // Two digits.
    const unsigned tens = static_cast<unsigned char>(text[at]) - unsigned{'0'};
    const unsigned ones = static_cast<unsigned char>(text[at + 1]) - unsigned{'0'};
    return tens < 10 && ones < 10 && tens * 10 + ones < limit;
  };
  return below(0, 24) && text[2] == ':' && below(3, 60) && text[5] == ':' && below(6, 61) &&
         text[8] == ' ' && (text[9] == '+' || text[9] == '-') && below(10, 24) && below(12, 60) &&
         text[14] == ']';
}

std::optional<day> parse_clf_date(std::string_view time) {
  return day::make(number(time.substr(8, 4)), month_of(time.substr(4, 3)),
                   number(time.substr(1, 2)));
}

}  // namespace countips
