#include "cli/completions.h"

namespace cli::detail {

value_kind kind_of(const option& one) {
  if (one.argument.empty()) return value_kind::none;
  if (!one.choices.empty()) return value_kind::choice;
  if (one.argument == "FILE") return value_kind::file;
  if (one.argument == "DIR" || one.argument == "DIRECTORY") return value_kind::directory;
  return value_kind::free;
}

std::string brief(const option& one) {
  std::string sentence = one.help.substr(0, one.help.find(". "));
  if (const std::size_t colon = sentence.find(": "); colon != std::string::npos) {
    sentence.resize(colon);
  }
  if (sentence.ends_with('.')) sentence.pop_back();
  return sentence;
}

}  // namespace cli::detail
