// Many patterns at once: which of those that match a text is the last.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "copytree/selection/glob.h"

namespace copytree {

// Patterns are found by what texts that match them begin or end with, so that a long list costs
// little more than a short one; only those with wildcards at both ends are tried one by one.
class glob_index {
 public:
  // Ranks must ascend from call to call.
  void add(glob what, std::size_t rank, bool directories_only);

  // The highest rank among the patterns that match, if any does.
  [[nodiscard]] std::optional<std::size_t> last_match(std::string_view text,
                                                      bool is_directory) const;

 private:
  struct candidate {
    glob what;
    std::size_t rank;
    bool directories_only;
  };
  using bucket = std::vector<candidate>;  // By rank.

  struct text_hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };
  template <class Value>
  using by_text = std::unordered_map<std::string, Value, text_hash, std::equal_to<>>;

  // Of the patterns that are one and the same text.
  struct literal {
    std::optional<std::size_t> any;
    std::optional<std::size_t> directory;
  };

  by_text<literal> literals_;
  std::map<std::size_t, by_text<bucket>> heads_;  // By their length, then by themselves.
  std::map<std::size_t, by_text<bucket>> tails_;
  bucket others_;
};

}  // namespace copytree
