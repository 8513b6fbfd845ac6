#include "cli/completions.h"

#include <algorithm>
#include <initializer_list>

namespace cli::detail {

value_kind kind_of(const option& one) {
  if (one.argument.empty()) return value_kind::none;
  if (!one.choices.empty()) return value_kind::choice;
  if (one.argument == "FILE") return value_kind::file;
  if (one.argument == "DIR" || one.argument == "DIRECTORY") return value_kind::directory;
  return value_kind::free;
}

std::string brief(const option& one) {
  std::string sentence = one.help;
  for (const char* const end : {". ", ": ", "; "}) {
    sentence.resize(std::min(sentence.find(end), sentence.size()));
  }
  if (sentence.ends_with('.')) sentence.pop_back();
  return sentence;
}

}  // namespace cli::detail
