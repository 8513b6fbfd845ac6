#include "copytree/cp/word_match.h"

#include <fmt/format.h>

#include <optional>

#include "copytree/cp/quote.h"

namespace copytree::gnu {

par::expected<std::size_t, no_match> find_word(std::span<const std::string_view> words,
                                               std::span<const int> meanings,
                                               std::string_view given) {
  std::optional<std::size_t> found;
  bool ambiguous = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!words[i].starts_with(given)) continue;
    if (words[i] == given) return i;
    ambiguous |= found && meanings[*found] != meanings[i];
    if (!found) found = i;
  }
  if (ambiguous) return par::unexpected<no_match>(no_match::ambiguous);
  if (!found) return par::unexpected<no_match>(no_match::unknown);
  return *found;
}

misuse bad_word(std::span<const std::string_view> words, std::span<const int> meanings,
                std::string_view given, std::string_view context, no_match why, bool utf8) {
  misuse result{.message = fmt::format("{} argument {} for {}",
                                       why == no_match::ambiguous ? "ambiguous" : "invalid",
                                       c_quoted(given, utf8), c_quoted(context, utf8)),
                .details = {"Valid arguments are:"}};
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string word = c_quoted(words[i], utf8);
    if (i > 0 && meanings[i] == meanings[i - 1]) {
      result.details.back() += ", " + word;
    } else {
      result.details.push_back("  - " + word);
    }
  }
  return result;
}

}  // namespace copytree::gnu
