#include "cmd/copytree/slow_glob.h"

#include <cstddef>

namespace copytree {

namespace {

// Whether the byte is in a set; `members` is what stands between the brackets.
bool in_set(std::string_view members, char byte) {
  const bool negated = members.starts_with('!');
  if (negated) members.remove_prefix(1);
  bool found = false;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (i + 2 < members.size() && members[i + 1] == '-') {
      found = found || (members[i] <= byte && byte <= members[i + 2]);
      i += 2;
    } else {
      found = found || members[i] == byte;
    }
  }
  return found != negated && byte != '/';
}

class slow_matcher {
 public:
  slow_matcher(std::string_view pattern, std::string_view text) : pattern_(pattern), text_(text) {}

  [[nodiscard]] bool from(std::size_t p, std::size_t t) const {
    if (p == pattern_.size()) return t == text_.size();
    if (is_deep(p)) return from_deep(p, t);
    if (pattern_[p] == '*') return from_star(p, t);
    if (t == text_.size()) return false;
    if (pattern_[p] == '?') return text_[t] != '/' && from(p + 1, t + 1);
    if (pattern_[p] == '\\') {
      return p + 1 < pattern_.size() && pattern_[p + 1] == text_[t] && from(p + 2, t + 1);
    }
    if (pattern_[p] == '[') return from_set(p, t);
    return pattern_[p] == text_[t] && from(p + 1, t + 1);
  }

 private:
  // "**" that is all there is between slashes, or between one and the end.
  [[nodiscard]] bool is_deep(std::size_t p) const {
    return pattern_.substr(p).starts_with("**") && (p == 0 || pattern_[p - 1] == '/') &&
           (p + 2 == pattern_.size() || pattern_[p + 2] == '/');
  }

  [[nodiscard]] bool from_deep(std::size_t p, std::size_t t) const {
    if (p + 2 == pattern_.size()) return true;
    if (from(p + 3, t)) return true;
    for (; t < text_.size(); ++t) {
      if (text_[t] == '/' && from(p + 3, t + 1)) return true;
    }
    return false;
  }

  [[nodiscard]] bool from_star(std::size_t p, std::size_t t) const {
    while (true) {
      if (from(p + 1, t)) return true;
      if (t == text_.size() || text_[t] == '/') return false;
      ++t;
    }
  }

  [[nodiscard]] bool from_set(std::size_t p, std::size_t t) const {
    const std::size_t first = p + (pattern_.substr(p + 1).starts_with('!') ? 2 : 1);
    const std::size_t close = pattern_.find(']', first + 1);
    if (close == std::string_view::npos) return false;
    return in_set(pattern_.substr(p + 1, close - p - 1), text_[t]) && from(close + 1, t + 1);
  }

  const std::string_view pattern_;
  const std::string_view text_;
};

}  // namespace

bool slow_match(std::string_view pattern, std::string_view text) {
  return slow_matcher(pattern, text).from(0, 0);
}

}  // namespace copytree
