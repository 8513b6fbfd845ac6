#include "countips/records/regex_program.h"

#include <re2/re2.h>

#include <array>

namespace countips {

struct regex_program::compiled {
  RE2 pattern;
};

namespace {

RE2::Options options_for_bytes() {
  RE2::Options options;
  options.set_encoding(RE2::Options::EncodingLatin1);
  options.set_log_errors(false);
  return options;
}

// What is wrong with the pattern; empty if nothing is.
std::string error_of(const RE2& pattern) {
  if (!pattern.ok()) return pattern.error();
  if (pattern.NumberOfCapturingGroups() <= static_cast<int>(regex_program::most_groups)) return {};
  return "there are more than " + std::to_string(regex_program::most_groups) + " groups";
}

}  // namespace

par::expected<regex_program, std::string> regex_program::compile(std::string_view pattern) {
  const re2::StringPiece text(pattern.data(), pattern.size());
  regex_program program;
  program.compiled_ = std::shared_ptr<const compiled>(new compiled{{text, options_for_bytes()}});
  if (std::string error = error_of(program.compiled_->pattern); !error.empty()) {
    return par::unexpected<std::string>(std::move(error));
  }
  return program;
}

std::vector<std::pair<int, std::string>> regex_program::names() const {
  const auto& names = compiled_->pattern.CapturingGroupNames();
  return {names.begin(), names.end()};
}

bool regex_program::match(std::string_view line, std::span<std::string_view> groups) const {
  std::array<re2::StringPiece, most_groups + 1> found;
  if (!compiled_->pattern.Match({line.data(), line.size()}, 0, line.size(), RE2::UNANCHORED,
                                found.data(), static_cast<int>(groups.size()))) {
    return false;
  }
  for (std::size_t i = 0; i < groups.size(); ++i) groups[i] = {found[i].data(), found[i].size()};
  return true;
}

}  // namespace countips
