#include "cli/wrap.h"

#include <algorithm>
#include <utility>

#include "cli/utf8.h"

namespace cli {
namespace {

// Takes what comes before the separator off the text, and the separator with it.
std::string_view take(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view taken = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return taken;
}

void wrap_line(std::string_view text, int columns, std::vector<std::string>& lines) {
  const std::string indent(std::min(text.find_first_not_of(' '), text.size()), ' ');
  text.remove_prefix(indent.size());
  std::string line;
  while (!text.empty()) {
    const std::string_view word = take(text, ' ');
    if (!line.empty() && width(line) + 1 + width(word) > columns) {
      lines.push_back(std::exchange(line, {}));
    }
    line += line.empty() ? indent : " ";
    line += word;
  }
  lines.push_back(line);
}

}  // namespace

std::vector<std::string> wrap(std::string_view text, int columns) {
  std::vector<std::string> lines;
  while (!text.empty()) wrap_line(take(text, '\n'), columns, lines);
  return lines;
}

}  // namespace cli
