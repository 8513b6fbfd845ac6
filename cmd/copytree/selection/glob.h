// A wildcard pattern as .gitignore files have them, ready to be matched.
#pragma once

#include <bitset>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace copytree {

// `?` is any byte, `*` any text, [a-z], [!a-z] and [[:alpha:]] one byte of a set; none of them
// matches a slash. `**/` at the beginning or after a slash is any number of directories, `/**` at
// the end all that is below; elsewhere `**` is as `*`. A backslash takes the next byte as it is.
// A pattern that is not well-formed matches nothing. Any bytes; immutable.
class glob {
 public:
  explicit glob(std::string_view pattern);

  // Whether the whole text matches, in time of at most its length squared times the pattern's.
  [[nodiscard]] bool matches(std::string_view text) const;

  [[nodiscard]] bool well_formed() const { return well_formed_; }
  [[nodiscard]] bool is_literal() const { return head_.size() == tokens_.size(); }

  // What every text that matches begins with and ends with.
  [[nodiscard]] const std::string& head() const { return head_; }
  [[nodiscard]] const std::string& tail() const { return tail_; }

 private:
  enum class kind : unsigned char {
    byte,
    any_byte,
    set,
    text,         // Any, without a slash.
    deep_text,    // Any.
    directories,  // Nothing, or any text that ends in a slash.
  };

  struct token {
    kind is;
    unsigned char byte = 0;
    std::size_t set = 0;  // Which of sets_.
  };

  using byte_set = std::bitset<256>;
  class parser;
  class matcher;

  [[nodiscard]] bool matches_byte(const token& one, char byte) const;

  std::vector<token> tokens_;
  std::vector<byte_set> sets_;
  std::string head_;
  std::string tail_;
  bool well_formed_ = true;
};

}  // namespace copytree
