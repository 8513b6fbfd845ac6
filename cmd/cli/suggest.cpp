#include "cli/suggest.h"

#include <algorithm>
#include <utility>

namespace cli {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  // Rows of the table of distances between beginnings of a and b: two above, above, this.
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> above(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::swap(before, above);
    std::swap(above, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.size()];
}

std::optional<std::string> nearest(std::string_view typed, const std::vector<std::string>& words) {
  const std::string* best = nullptr;
  std::size_t least = std::max<std::size_t>(typed.size() / 3, 1) + 1;
  std::size_t extended = 0;
  const std::string* extension = nullptr;
  for (const std::string& word : words) {
    if (!typed.empty() && word.starts_with(typed)) {
      ++extended;
      extension = &word;
    }
    const std::size_t distance = edit_distance(typed, word);
    // A word with nothing in common with what was typed is no help, however short.
    if (distance < least && distance < std::max(typed.size(), word.size())) {
      least = distance;
      best = &word;
    }
  }
  if (extended == 1) return *extension;
  if (best != nullptr) return *best;
  return std::nullopt;
}

}  // namespace cli
