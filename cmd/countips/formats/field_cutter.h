// Cuts a line into its fields.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "countips/formats/byte_finder.h"

namespace countips {

enum class separator : std::uint8_t {
  blank,  // Each single one: two in a row have an empty field between them.
  tab,    // Likewise.
  white,  // Any run of blanks and tabs.
};

enum class quoting : std::uint8_t {
  none,
  plain,    // "a \"b\" c": a backslash before a quote takes its meaning.
  doubled,  // "a ""b"" c"
  raw,      // "a "b" c\": whatever it held stands there as it was.
};

// A quoted field ends at a quote that is followed by a separator or by the end of the line; any
// other quote belongs to the text. One that never ends goes on to the end of the line. The same
// holds for brackets.
struct field_syntax {
  separator between = separator::blank;
  quoting quotes = quoting::none;
  bool brackets = false;  // "[a b]" is one field.
};

// The fields one after the other, without the quotes or brackets around them.
class field_cutter {
 public:
  field_cutter(std::string_view line, const field_syntax& syntax);

  // Takes the next one. False if there is none.
  [[nodiscard]] bool next(std::string_view& field) {
    if (!at_field()) return false;
    field = at_ != end_ && (*at_ == quote_ || *at_ == bracket_) ? take_enclosed() : take_word();
    return true;
  }

  // The same for a quoted field that a number or a dash must follow, as the status follows a
  // request: a quote in front of anything else does not end it.
  [[nodiscard]] bool next_before_number(std::string_view& field);

  // False if there are not so many.
  [[nodiscard]] bool skip(std::size_t fields) {
    std::string_view skipped;
    while ((fields -= skip_words(fields)) > 0) {
      if (!next(skipped)) return false;
      --fields;
    }
    return true;
  }

  // How many are left. Takes them all.
  [[nodiscard]] std::size_t count_rest();

 private:
  // True if there is a field at the place reached.
  [[nodiscard]] bool at_field() {
    if (!in_runs_) return has_more_;
    while (at_ != end_ && is_separator(*at_)) ++at_;
    return at_ != end_;
  }
  [[nodiscard]] std::string_view take_word() {
    const char* const word_end = separators_.next(at_);
    return leave(at_, word_end, word_end);
  }

  // Skips words up to the first other field or the last word, but no more than so many. How many
  // there were. The place is kept in a register: as a member it would be what each step waits for.
  [[nodiscard]] std::size_t skip_words(std::size_t most) {
    const char* at = at_;
    std::size_t count = 0;
    for (; count < most && at != end_ && begins_word(*at); ++count) {
      const char* const word_end = separators_.next(at);
      if (word_end == end_) break;
      at = word_end + 1;
    }
    at_ = at;
    return count;
  }

  [[nodiscard]] bool begins_word(char c) const {
    return c != quote_ && c != bracket_ && !(in_runs_ && is_separator(c));
  }

  // Moves on behind a field and the separator that ends it.
  std::string_view leave(const char* begin, const char* field_end, const char* behind) {
    has_more_ = behind != end_;
    at_ = has_more_ ? behind + 1 : end_;
    return {begin, static_cast<std::size_t>(field_end - begin)};
  }

  [[nodiscard]] bool is_separator(char c) const { return c == separator_ || c == other_; }
  [[nodiscard]] bool is_end(const char* at) const { return at == end_ || is_separator(*at); }
  [[nodiscard]] bool closes(const char* quote) const;
  [[nodiscard]] std::string_view take_enclosed();
  [[nodiscard]] std::string_view take_quoted(bool before_number);

  const char* at_;
  const char* const end_;
  bool has_more_;
  const char separator_;
  const char other_;  // A second one, or the same.
  const char quote_;  // What opens such a field: itself, or a separator if nothing does.
  const char bracket_;
  const bool in_runs_;
  const quoting quotes_;
  byte_finder separators_;
  byte_finder quote_marks_;
};

}  // namespace countips
