#include "copytree/selection/glob.h"

#include <algorithm>
#include <optional>

#include "copytree/selection/byte_class.h"

namespace copytree {

class glob::parser {
 public:
  parser(std::string_view pattern, glob& into) : pattern_(pattern), into_(into) {}

  bool parse();  // False if the pattern is not well-formed.

 private:
  [[nodiscard]] bool at_end() const { return next_ == pattern_.size(); }
  [[nodiscard]] bool follows(std::string_view text) const {
    return pattern_.substr(next_).starts_with(text);
  }

  void add(kind is) { into_.tokens_.push_back({.is = is}); }
  bool add_byte();
  void add_stars();
  bool add_set();
  bool take_member(byte_set& set);
  std::optional<bool> take_class(byte_set& set);
  std::optional<unsigned char> take_byte();

  const std::string_view pattern_;
  glob& into_;
  std::size_t next_ = 0;
  std::optional<unsigned char> range_start_;  // The member before, where "-" may follow it.
};

bool glob::parser::parse() {
  while (!at_end()) {
    switch (pattern_[next_]) {
      case '*':
        add_stars();
        break;
      case '?':
        ++next_;
        add(kind::any_byte);
        break;
      case '[':
        if (!add_set()) return false;
        break;
      default:
        if (!add_byte()) return false;
    }
  }
  return true;
}

// A byte as it stands, or behind a backslash; nothing at the end of the pattern.
std::optional<unsigned char> glob::parser::take_byte() {
  if (follows("\\")) ++next_;
  if (at_end()) return std::nullopt;
  return static_cast<unsigned char>(pattern_[next_++]);
}

bool glob::parser::add_byte() {
  const auto byte = take_byte();
  if (byte) into_.tokens_.push_back({.is = kind::byte, .byte = *byte});
  return byte.has_value();
}

void glob::parser::add_stars() {
  const std::size_t first = next_;
  next_ = std::min(pattern_.find_first_not_of('*', first), pattern_.size());
  const bool after_slash = first == 0 || pattern_[first - 1] == '/';
  const bool before_slash = at_end() || follows("/") || follows("\\/");
  if (next_ - first < 2 || !after_slash || !before_slash) return add(kind::text);
  if (!follows("/")) return add(kind::deep_text);
  ++next_;
  add(kind::directories);
}

bool glob::parser::add_set() {
  ++next_;
  const bool negated = follows("!") || follows("^");
  if (negated) ++next_;
  byte_set set;
  range_start_.reset();
  do {  // A bracket at the very beginning does not close the set.
    if (!take_member(set)) return false;
  } while (!follows("]"));
  ++next_;
  if (negated) set.flip();
  set.reset('/');
  into_.tokens_.push_back({.is = kind::set, .set = into_.sets_.size()});
  into_.sets_.push_back(set);
  return true;
}

// One byte, one range's end, or one named class.
bool glob::parser::take_member(byte_set& set) {
  if (const auto is_class = take_class(set)) return *is_class;
  const bool closes_range =
      range_start_ && follows("-") && next_ + 1 < pattern_.size() && pattern_[next_ + 1] != ']';
  if (closes_range) ++next_;
  const auto byte = take_byte();
  if (!byte) return false;
  if (!closes_range) {
    set.set(*byte);
    range_start_ = byte;
    return true;
  }
  for (std::size_t each = *range_start_; each <= *byte; ++each) set.set(each);
  range_start_.reset();
  return true;
}

// Nothing if no class stands here; false if it is one that nobody knows.
std::optional<bool> glob::parser::take_class(byte_set& set) {
  if (!follows("[:")) return std::nullopt;
  const std::size_t name = next_ + 2;
  const std::size_t close = pattern_.find(']', name);
  if (close == std::string_view::npos) return false;
  if (close == name || pattern_[close - 1] != ':') return std::nullopt;
  const auto members = byte_class(pattern_.substr(name, close - 1 - name));
  if (!members) return false;
  set |= *members;
  range_start_.reset();
  next_ = close + 1;
  return true;
}

glob::glob(std::string_view pattern) {
  well_formed_ = parser(pattern, *this).parse();
  const auto is_wild = [](const token& one) { return one.is != kind::byte; };
  const auto head_end = std::find_if(tokens_.begin(), tokens_.end(), is_wild);
  const auto tail_begin = std::find_if(tokens_.rbegin(), tokens_.rend(), is_wild).base();
  for (auto one = tokens_.begin(); one != head_end; ++one) head_ += static_cast<char>(one->byte);
  for (auto one = tail_begin; one != tokens_.end(); ++one) tail_ += static_cast<char>(one->byte);
}

bool glob::matches_byte(const token& one, char byte) const {
  const auto value = static_cast<unsigned char>(byte);
  switch (one.is) {
    case kind::byte:
      return value == one.byte;
    case kind::any_byte:
      return value != '/';
    case kind::set:
      return sets_[one.set][value];
    default:
      return false;
  }
}

// Goes through the text once, and back only to the last wildcard of each sort: whatever an earlier
// `*` could still take, the last one of the same directory can take as well, and the last `**` in
// place of all before it.
class glob::matcher {
 public:
  matcher(const glob& pattern, std::string_view text) : pattern_(pattern), text_(text) {}

  bool run() {
    while (true) {
      if (step()) continue;
      if (token_ == pattern_.tokens_.size() && byte_ == text_.size()) return true;
      if (!widen_text() && !widen_deep()) return false;
    }
  }

 private:
  struct wildcard {
    std::size_t after;  // The token behind it.
    std::size_t end;    // Where what it has taken ends.
  };

  bool step();
  bool widen_text();
  bool widen_deep();

  const glob& pattern_;
  const std::string_view text_;
  std::size_t token_ = 0;
  std::size_t byte_ = 0;
  std::optional<wildcard> last_text_;
  std::optional<wildcard> last_deep_;
};

// One token further; false if it does not fit.
bool glob::matcher::step() {
  if (token_ == pattern_.tokens_.size()) return false;
  const token& one = pattern_.tokens_[token_];
  if (one.is == kind::text) {
    last_text_ = {.after = ++token_, .end = byte_};
    return true;
  }
  if (one.is == kind::deep_text || one.is == kind::directories) {
    last_deep_ = {.after = ++token_, .end = byte_};
    last_text_.reset();
    return true;
  }
  if (byte_ == text_.size() || !pattern_.matches_byte(one, text_[byte_])) return false;
  ++token_;
  ++byte_;
  return true;
}

bool glob::matcher::widen_text() {
  if (!last_text_ || last_text_->end == text_.size() || text_[last_text_->end] == '/') return false;
  byte_ = ++last_text_->end;
  token_ = last_text_->after;
  return true;
}

bool glob::matcher::widen_deep() {
  if (!last_deep_) return false;
  const bool by_directory = pattern_.tokens_[last_deep_->after - 1].is == kind::directories;
  const std::size_t taken = by_directory ? text_.find('/', last_deep_->end) : last_deep_->end;
  if (taken >= text_.size()) return false;  // npos, too.
  byte_ = last_deep_->end = taken + 1;
  token_ = last_deep_->after;
  last_text_.reset();
  return true;
}

bool glob::matches(std::string_view text) const {
  return well_formed_ && matcher(*this, text).run();
}

}  // namespace copytree
