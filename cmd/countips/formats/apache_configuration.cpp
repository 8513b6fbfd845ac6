// What httpd.conf says of logs.
#include <algorithm>
#include <utility>

#include "countips/formats/server_configuration.h"

namespace countips {

namespace {

constexpr std::string_view blanks = " \t\r\v\f";

std::string_view trimmed_front(std::string_view text) {
  const std::size_t first = text.find_first_not_of(blanks);
  return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

// Takes a line off the text, with those that it goes on in: a backslash at the end of a line.
std::string take_line(std::string_view& text) {
  std::string line;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (part.ends_with('\r')) part.remove_suffix(1);
    const bool goes_on = part.ends_with('\\');
    if (goes_on) part.remove_suffix(1);
    line += part;
    if (!goes_on) break;
  }
  return line;
}

// Takes a word off the line. In quotes a backslash stands before the quote or another backslash;
// elsewhere it is one.
std::string take_word(std::string_view& line) {
  line = trimmed_front(line);
  const bool is_quoted = line.starts_with('"') || line.starts_with('\'');
  const char quote = is_quoted ? line.front() : '\0';
  std::string word;
  std::size_t at = is_quoted ? 1 : 0;
  for (; at < line.size(); ++at) {
    if (is_quoted ? line[at] == quote : blanks.find(line[at]) != std::string_view::npos) break;
    const bool is_escape = is_quoted && line[at] == '\\' && at + 1 < line.size() &&
                           (line[at + 1] == quote || line[at + 1] == '\\');
    if (is_escape) ++at;
    word += line[at];
  }
  line.remove_prefix(std::min(at + (is_quoted ? 1 : 0), line.size()));
  return word;
}

bool equal_but_for_case(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(),
                    [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; });
}

class apache_collector {
 public:
  void read(std::string_view line) {
    const std::string directive = take_word(line);
    if (equal_but_for_case(directive, "logformat")) return take_format(line);
    if (equal_but_for_case(directive, "customlog") || equal_but_for_case(directive, "globallog")) {
      return take_log(line);
    }
    if (equal_but_for_case(directive, "transferlog")) return take_transfer_log(line);
  }

  server_configuration found() && {
    for (configured_log& log : found_.logs) {
      const configured_format* const format = found_.find(log.format.name);
      if (!log.format.name.empty() && format != nullptr) log.format = *format;
    }
    return std::move(found_);
  }

 private:
  // LogFormat "text" [name]; without a name it is for TransferLog behind it.
  void take_format(std::string_view line) {
    configured_format format{.server = web_server::apache, .text = take_word(line)};
    format.name = take_word(line);
    if (format.text.empty()) return;
    if (format.name.empty()) default_ = format;
    found_.formats.push_back(std::move(format));
  }

  // CustomLog path text-or-name [env=...]
  void take_log(std::string_view line) {
    configured_log log{.path = take_word(line)};
    std::string format = take_word(line);
    if (format.empty()) return;
    const bool is_text = format.find('%') != std::string::npos;
    (is_text ? log.format.text : log.format.name) = std::move(format);
    if (is_text) found_.formats.push_back(log.format);
    found_.logs.push_back(std::move(log));
  }

  void take_transfer_log(std::string_view line) {
    std::string path = take_word(line);
    if (!path.empty()) found_.logs.push_back({std::move(path), default_});
  }

  server_configuration found_;
  configured_format default_{.text = R"(%h %l %u %t "%r" %>s %b)"};
};

}  // namespace

server_configuration read_apache_configuration(std::string_view text) {
  apache_collector collector;
  while (!text.empty()) {
    const std::string line = take_line(text);
    if (!trimmed_front(line).starts_with('#')) collector.read(line);
  }
  return std::move(collector).found();
}

}  // namespace countips
