#include "countips/formats/clf_client.h"

#include <algorithm>
#include <cstddef>

namespace countips {

namespace {

constexpr std::string_view gaps = " \t";

std::string_view behind_gap(std::string_view text) {
  return text.substr(std::min(text.find_first_not_of(gaps), text.size()));
}

// Takes it off the text; empty if there is none.
std::string_view next_word(std::string_view& text) {
  text = behind_gap(text);
  const std::string_view word = text.substr(0, text.find_first_of(gaps));
  text.remove_prefix(word.size());
  return word;
}

// True if the text is ident and user, one of them is nobody, and no address is among the words:
// then it is neither prose nor does something else stand in front of the client.
bool is_ident_and_user(std::string_view text) {
  if (text == " - -") return true;
  const std::string_view ident = next_word(text);
  if (address_named(ident)) return false;
  std::size_t words = 1;
  bool is_nobody = false;
  for (auto word = next_word(text); !word.empty(); word = next_word(text), ++words) {
    if (address_named(word)) return false;
    is_nobody = words == 1 && word == "-";
  }
  return words >= 2 && (ident == "-" || is_nobody);
}

// The field that a line begins with: a word, or several with commas between them.
std::string_view first_field(std::string_view head) {
  const char* const begin = head.data();
  for (std::string_view word = next_word(head);; word = next_word(head)) {
    if (word.empty() || !(word.ends_with(',') || behind_gap(head).starts_with(','))) {
      return {begin, static_cast<std::size_t>(head.data() - begin)};
    }
  }
}

bool may_be_in_list(std::string_view name) {
  return name.empty() || name == "-" || is_host_name(name) || address_named(name);
}

}  // namespace

std::optional<client> client_in_head(std::string_view head, bool needs_more,
                                     const client_rules& rules) {
  head = behind_gap(head);
  if (head.starts_with('"')) head.remove_prefix(1);
  std::string_view name = head.substr(0, head.find_first_of(" \t,"));
  const std::string_view rest = head.substr(name.size());
  if (name.ends_with('"')) name.remove_suffix(1);
  if (behind_gap(rest).starts_with(',')) {
    return may_be_in_list(name) ? find_client(first_field(head), rules) : std::nullopt;
  }
  if (needs_more || !address_client(name)) {
    if (!is_host_name(name) && !address_named(name)) return std::nullopt;
    if (!is_ident_and_user(rest)) return std::nullopt;
  }
  return find_client(name, rules);
}

}  // namespace countips
