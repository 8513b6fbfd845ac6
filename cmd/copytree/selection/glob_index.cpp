#include "copytree/selection/glob_index.h"

#include <algorithm>
#include <utility>

namespace copytree {

void glob_index::add(glob what, std::size_t rank, bool directories_only) {
  if (!what.well_formed()) return;
  if (what.is_literal()) {
    literal& known = literals_[what.head()];
    (directories_only ? known.directory : known.any) = rank;
    return;
  }
  const std::string head = what.head();
  const std::string tail = what.tail();
  const bool by_head = head.size() >= tail.size();
  const std::string& key = by_head ? head : tail;
  bucket& place = key.empty() ? others_ : (by_head ? heads_ : tails_)[key.size()][key];
  place.push_back({std::move(what), rank, directories_only});
}

std::optional<std::size_t> glob_index::last_match(std::string_view text, bool is_directory) const {
  std::optional<std::size_t> best;  // Nothing is less than any rank.
  if (const auto known = literals_.find(text); known != literals_.end()) {
    best = known->second.any;
    if (is_directory) best = std::max(best, known->second.directory);
  }
  const auto look = [&](const bucket& candidates) {
    for (auto one = candidates.rbegin(); one != candidates.rend() && best < one->rank; ++one) {
      if (one->directories_only && !is_directory) continue;
      if (one->what.matches(text)) best = one->rank;
    }
  };
  const auto look_up = [&](const by_text<bucket>& keys, std::string_view key) {
    if (const auto found = keys.find(key); found != keys.end()) look(found->second);
  };
  for (const auto& [length, keys] : heads_) {
    if (length > text.size()) break;
    look_up(keys, text.substr(0, length));
  }
  for (const auto& [length, keys] : tails_) {
    if (length > text.size()) break;
    look_up(keys, text.substr(text.size() - length));
  }
  look(others_);
  return best;
}

}  // namespace copytree
