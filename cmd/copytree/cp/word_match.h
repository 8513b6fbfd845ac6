// Values of options that may be abbreviated, and what is said when they cannot be understood.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "copytree/cp/misuse.h"
#include "copytree/shell/option_words.h"
#include "par/base/expected.h"

namespace copytree::gnu {

enum class no_match { unknown, ambiguous };

// The index of the word that is given, or of the only one that begins with it. Several words of one
// meaning are no ambiguity; `meanings` tells which are.
[[nodiscard]] par::expected<std::size_t, no_match> find_word(
    std::span<const std::string_view> words, std::span<const int> meanings, std::string_view given);

// "invalid argument 'x' for '--sparse'", and the words that are valid, those of one meaning on one
// line.
[[nodiscard]] misuse bad_word(std::span<const std::string_view> words,
                              std::span<const int> meanings, std::string_view given,
                              std::string_view context, no_match why, bool utf8);

// The meaning of a word of a table, or misuse of what `context` names.
template <class T, std::size_t N>
[[nodiscard]] par::expected<T, misuse> match_word(const option_word<T> (&table)[N],
                                                  std::string_view given, std::string_view context,
                                                  bool utf8) {
  std::vector<std::string_view> words;
  std::vector<int> meanings;
  for (const option_word<T>& one : table) {
    words.push_back(one.text);
    meanings.push_back(static_cast<int>(one.meaning));
  }
  const auto found = find_word(words, meanings, given);
  if (found) return table[*found].meaning;
  return par::unexpected<misuse>(bad_word(words, meanings, given, context, found.error(), utf8));
}

}  // namespace copytree::gnu
