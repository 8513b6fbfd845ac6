#include "cli/messages.h"

#include <fmt/format.h>

#include <system_error>
#include <utility>

#include "par/locks/lock_guard.h"

namespace cli {

messages::messages(std::string command, status_line& line, bool colored)
    : command_(std::move(command)), colored_(colored), line_(line) {}

void messages::error(std::string_view text) {
  {
    const par::lock_guard lock(guard_);
    ++errors_;
  }
  say("\x1b[1;31m", text);
}

void messages::note(std::string_view text) {
  say("\x1b[1m", text);
}

void messages::plain(std::string_view text) {
  std::string lines = escaped(text, "\n\t");
  if (!lines.ends_with('\n')) lines += '\n';
  line_.print(lines);
}

void messages::prompt(std::string_view text) {
  line_.print(fmt::format("{}: {}", command_, escaped(text)));
}

std::size_t messages::errors() const {
  const par::lock_guard lock(guard_);
  return errors_;
}

void messages::say(std::string_view style, std::string_view text) {
  if (!colored_) {
    line_.print(fmt::format("{}: {}\n", command_, escaped(text)));
    return;
  }
  line_.print(fmt::format("{}{}:\x1b[0m {}\n", style, command_, escaped(text)));
}

std::string reason(int error_number) {
  return std::generic_category().message(error_number);
}

}  // namespace cli
