// cp's command line: whatever the words, they are understood or refused with a message.
#include <getopt.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "copytree/cp/command_line.h"
#include "copytree/cp/quote.h"
#include "fuzz/require.h"

namespace {

// Words between NULs; the name of the program comes first.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words = {"cp"};
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find('\0'));
    words.emplace_back(word);
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  return words;
}

bool is_shown(std::string_view text) {
  for (const char c : text) {
    if (c < 0x20 || c > 0x7E) return false;
  }
  return true;
}

void check(const copytree::gnu::command_line& line) {
  using copytree::existing;
  if (line.what != copytree::gnu::command_line::wish::copy) return;
  const copytree::options& how = line.how;
  require(!line.operands.sources.empty());
  require(!how.backup_suffix.empty() && how.backup_suffix.find('/') == std::string::npos);
  require(how.only == copytree::update::all ||
          (how.when_existing != existing::keep && how.when_existing != existing::refuse));
  require(how.when_existing != existing::replace && how.once_allowed != existing::ask);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ::opterr = 0;  // getopt_long is silent then.
  const std::string text(data, data + size);
  const std::vector<std::string> words = words_of(text);
  for (const bool selinux : {false, true}) {
    const copytree::gnu::environment around = {
        .version_control = words.back(), .simple_backup_suffix = words.back(), .selinux = selinux};
    const auto line = copytree::gnu::parse_command_line(words, around);
    if (line) {
      check(*line);
    } else {
      require(is_shown(line.error().message));
      for (const std::string& detail : line.error().details) require(is_shown(detail));
    }
  }
  require(is_shown(copytree::gnu::shell_quoted(text)) && is_shown(copytree::gnu::c_quoted(text)));
  return 0;
}
