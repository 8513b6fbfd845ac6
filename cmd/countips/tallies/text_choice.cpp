#include "countips/tallies/text_choice.h"

#include <algorithm>

#include "countips/records/record.h"

namespace countips {

namespace {

bool matches_one(const std::vector<regex_program>& patterns, std::string_view text) {
  return std::ranges::any_of(patterns,
                             [text](const regex_program& each) { return each.match(text, {}); });
}

}  // namespace

bool text_choice::admits(std::string_view text) const {
  if (is_absent(text)) return wanted.empty();
  return (wanted.empty() || matches_one(wanted, text)) && !matches_one(unwanted, text);
}

}  // namespace countips
