// What nginx.conf says of logs.
#include <algorithm>
#include <utility>

#include "countips/formats/server_configuration.h"

namespace countips {

namespace {

constexpr std::string_view blanks = " \t\r\n";

// As nginx does: a backslash stands before quotes, itself, and t, r and n; elsewhere it is one.
std::string unescaped(std::string_view text) {
  constexpr std::string_view escapes = "\"'\\trn";
  constexpr std::string_view meanings = "\"'\\\t\r\n";
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t which = text[at] == '\\' && at + 1 < text.size() ? escapes.find(text[at + 1])
                                                                       : std::string_view::npos;
    plain += which == std::string_view::npos ? text[at] : meanings[which];
    at += which == std::string_view::npos ? 0 : 1;
  }
  return plain;
}

// Takes the directives off a text, one after the other.
class nginx_scanner {
 public:
  explicit nginx_scanner(std::string_view text) : rest_(text) {}

  // The words of the next directive or of the head of a block; none at the end of the text.
  std::vector<std::string> next() {
    std::vector<std::string> words;
    while (skip_blanks()) {
      const char c = rest_.front();
      if (c == ';' || c == '{' || c == '}') {
        rest_.remove_prefix(1);
        if (!words.empty()) return words;
      } else {
        words.push_back(c == '"' || c == '\'' ? take_quoted() : take_word());
      }
    }
    return words;
  }

 private:
  // Comments too; false at the end of the text.
  bool skip_blanks() {
    while (!rest_.empty()) {
      const std::size_t word = rest_.find_first_not_of(blanks);
      rest_.remove_prefix(word == std::string_view::npos ? rest_.size() : word);
      if (!rest_.starts_with('#')) return !rest_.empty();
      const std::size_t end = rest_.find('\n');
      rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end);
    }
    return false;
  }

  std::string take_quoted() {
    const char quote = rest_.front();
    std::size_t end = 1;
    while (end < rest_.size() && rest_[end] != quote) end += rest_[end] == '\\' ? 2 : 1;
    return take(1, end, end + 1);
  }

  std::string take_word() {
    std::size_t end = 0;
    bool in_braces = false;  // Of a variable: ${name}
    for (; end < rest_.size(); ++end) {
      const char c = rest_[end];
      if (c == '\\') {
        ++end;
      } else if (c == '{' && end > 0 && rest_[end - 1] == '$') {
        in_braces = true;
      } else if (c == '}' && in_braces) {
        in_braces = false;
      } else if (blanks.find(c) != std::string_view::npos || c == ';' || c == '{') {
        break;
      }
    }
    return take(0, end, end);
  }

  // The bytes from first to last, and takes all up to `size` off the text, as far as it goes.
  std::string take(std::size_t first, std::size_t last, std::size_t size) {
    last = std::min(last, rest_.size());
    std::string word = unescaped(rest_.substr(first, last - first));
    rest_.remove_prefix(std::min(size, rest_.size()));
    return word;
  }

  std::string_view rest_;
};

nginx_escape escape_named(std::string_view name) {
  if (name == "json") return nginx_escape::json;
  return name == "none" ? nginx_escape::none : nginx_escape::standard;
}

// log_format name [escape=...] text...
configured_format format_of(const std::vector<std::string>& words) {
  constexpr std::string_view escape = "escape=";
  configured_format format{.server = web_server::nginx, .name = words[1]};
  const bool has_escape = words[2].starts_with(escape);
  if (has_escape) format.escape = escape_named(words[2].substr(escape.size()));
  for (std::size_t i = has_escape ? 3 : 2; i < words.size(); ++i) format.text += words[i];
  return format;
}

// The format that nginx knows of itself.
configured_format combined() {
  return {.server = web_server::nginx,
          .name = "combined",
          .text =
              "$remote_addr - $remote_user [$time_local] \"$request\" $status "
              "$body_bytes_sent \"$http_referer\" \"$http_user_agent\""};
}

// access_log path [name] [key=value...]
configured_log log_of(const std::vector<std::string>& words) {
  const bool is_named = words.size() > 2 && words[2].find('=') == std::string::npos;
  return {words[1], {.server = web_server::nginx, .name = is_named ? words[2] : "combined"}};
}

}  // namespace

server_configuration read_nginx_configuration(std::string_view text) {
  server_configuration found;
  nginx_scanner scanner(text);
  for (auto words = scanner.next(); !words.empty(); words = scanner.next()) {
    if (words[0] == "log_format" && words.size() > 2) found.formats.push_back(format_of(words));
    if (words[0] == "access_log" && words.size() > 1 && words[1] != "off") {
      found.logs.push_back(log_of(words));
    }
  }
  for (configured_log& log : found.logs) {
    if (const configured_format* const format = found.find(log.format.name)) {
      log.format = *format;
    } else if (log.format.name == "combined") {
      log.format = combined();
    }
  }
  return found;
}

}  // namespace countips
