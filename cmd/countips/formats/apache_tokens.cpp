// The directives of Apache's LogFormat: %[modifiers][{argument}]letter
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "countips/formats/format_tokens.h"

namespace countips {

namespace {

using unexpected_error = par::unexpected<format_error>;

struct directive {
  std::string_view argument;  // In braces.
  bool has_argument = false;
  std::string_view letters;  // One, or '^' and two.
};

constexpr format_field tidy{.is_tidy = true};

// Of what mod_ssl tells of a connection: the names in certificates have blanks in them.
bool is_tidy_of_ssl(std::string_view argument) {
  constexpr std::array<std::string_view, 11> tidy_ones = {
      "HTTPS",       "SSL_PROTOCOL",        "SSL_CIPHER",  "SSL_SESSION_", "SSL_SECURE_RENEG",
      "SSL_TLS_SNI", "SSL_COMPRESS_METHOD", "SSL_VERSION", "version",      "cipher",
      "errcode"};
  return std::ranges::any_of(
      tidy_ones, [argument](std::string_view each) { return argument.starts_with(each); });
}

format_field field_of_letter(char letter, std::string_view argument) {
  switch (letter) {
    case 'a':
    case 'h':
      return {.role = field_role::peer, .is_tidy = true, .is_fallback = argument == "c"};
    case 'r':
      return {.role = field_role::request};
    case 's':
      return {.role = field_role::status, .is_tidy = true};
    case 'm':
      return {.role = field_role::method, .is_tidy = true};
    case 'U':
      return {.role = field_role::path};
    case 'v':
    case 'V':
      return {.role = field_role::host, .is_tidy = true};
    case 'p':
      return {.is_tidy = true, .is_port = true};
    case 'i':
      return field_of_header(argument);
    case 'c':
    case 'x':
      return {.is_tidy = argument.empty() || is_tidy_of_ssl(argument)};
    case 'e':
      if (argument == "REMOTE_ADDR" || argument == "REMOTE_HOST") {
        return {.role = field_role::peer, .is_tidy = true, .is_fallback = true};
      }
      return {};
    default:
      return std::string_view("ABDHIkLlOPqRSTXbP").find(letter) != std::string_view::npos
                 ? tidy
                 : format_field{};
  }
}

bool is_known_letter(char letter) {
  return std::string_view("aAbBcCDefhHiIklLmnoOpPqrRsStTuUvVxX").find(letter) !=
         std::string_view::npos;
}

// In the braces of %{...}t.
std::optional<time_field> pieces_of_time(std::string_view argument, std::size_t& position) {
  using kinds = time_piece::kinds;
  for (const std::string_view moment : {"begin", "end"}) {
    if (!argument.starts_with(moment)) continue;
    const std::string_view rest = argument.substr(moment.size());
    if (!rest.empty() && rest.front() != ':') continue;
    argument.remove_prefix(std::min(moment.size() + 1, argument.size()));
    position += moment.size() + 1;
    break;
  }
  if (argument == "sec") return time_field{{.kind = kinds::epoch}};
  if (argument == "msec")
    return time_field{{.kind = kinds::epoch, .unit = epoch_unit::milliseconds}};
  if (argument == "usec")
    return time_field{{.kind = kinds::epoch, .unit = epoch_unit::microseconds}};
  if (argument == "msec_frac")
    return time_field{{.kind = kinds::fraction, .unit = epoch_unit::milliseconds}};
  if (argument == "usec_frac")
    return time_field{{.kind = kinds::fraction, .unit = epoch_unit::microseconds}};
  if (argument.empty()) return time_field{{.kind = kinds::clf}};
  std::size_t in_pattern = 0;
  auto pieces = pieces_of_pattern(argument, in_pattern);
  position += in_pattern;
  return pieces;
}

// Takes the directive behind a '%' off the text.
std::optional<directive> take_directive(std::string_view& text) {
  directive found;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '{') {
      const std::size_t end = text.find('}', at);
      if (end == std::string_view::npos) return std::nullopt;
      found.argument = text.substr(at + 1, end - at - 1);
      found.has_argument = true;
      at = end;
    } else if (std::string_view("<>!,0123456789").find(c) == std::string_view::npos) {
      const std::size_t letters = c == '^' ? 3 : 1;
      if (text.size() < at + letters) return std::nullopt;
      found.letters = text.substr(at, letters);
      text.remove_prefix(at + letters);
      return found;
    }
  }
  return std::nullopt;
}

class apache_parser {
 public:
  explicit apache_parser(std::string_view format) : format_(format), rest_(format) {}

  par::expected<format_tokens, format_error> parse() {
    while (!rest_.empty() && !error_) {
      const std::size_t plain_size = std::min(rest_.find_first_of("%\\"), rest_.size());
      if (plain_size != 0) append_text(tokens_, at(), rest_.substr(0, plain_size));
      rest_.remove_prefix(plain_size);
      if (rest_.starts_with('\\')) {
        take_escape();
      } else if (!rest_.empty()) {
        take_percent();
      }
    }
    if (error_) return unexpected_error(std::move(*error_));
    return std::move(tokens_);
  }

 private:
  [[nodiscard]] std::size_t at() const { return format_.size() - rest_.size(); }

  // What is no escape stands for itself.
  void take_escape() {
    constexpr std::string_view escapes = "\"\\'trn";
    constexpr std::string_view meanings = "\"\\'\t\r\n";
    const std::size_t which = rest_.size() > 1 ? escapes.find(rest_[1]) : std::string_view::npos;
    const bool is_escape = which != std::string_view::npos;
    append_text(tokens_, at(), is_escape ? meanings.substr(which, 1) : rest_.substr(0, 1));
    rest_.remove_prefix(is_escape ? 2 : 1);
  }

  void take_percent() {
    const std::size_t position = at();
    std::string_view behind = rest_.substr(1);
    const auto found = take_directive(behind);
    if (!found) return fail(position, "a '%' without a directive behind it");
    rest_ = behind;
    if (found->letters == "%") return append_text(tokens_, position, "%");
    if (found->letters == "t") return take_time(*found, position);
    if (found->letters.size() == 1 && !is_known_letter(found->letters[0])) {
      return fail(position, "'%" + std::string(found->letters) + "' is no directive");
    }
    const bool is_short = found->letters.size() == 1;
    tokens_.push_back({position, is_short ? field_of_letter(found->letters[0], found->argument)
                                          : format_field{.is_tidy = found->letters == "^FB"}});
  }

  void take_time(const directive& found, std::size_t position) {
    if (!found.has_argument) append_text(tokens_, position, "[");
    std::size_t in_pattern =
        found.has_argument ? static_cast<std::size_t>(found.argument.data() - format_.data()) : 0;
    auto pieces = pieces_of_time(found.argument, in_pattern);
    if (!pieces) return fail(in_pattern, "a conversion that strftime has not");
    const bool is_bracketed = found.has_argument &&
                              pieces->front().kind == time_piece::kinds::clf &&
                              found.argument.find('%') == std::string_view::npos;
    if (is_bracketed) append_text(tokens_, position, "[");
    for (time_piece& piece : *pieces) tokens_.push_back({position, std::move(piece)});
    if (is_bracketed || !found.has_argument) append_text(tokens_, position, "]");
  }

  void fail(std::size_t position, std::string reason) {
    error_ = format_error{position, std::move(reason)};
  }

  std::string_view format_;
  std::string_view rest_;
  format_tokens tokens_;
  std::optional<format_error> error_;
};

}  // namespace

par::expected<format_tokens, format_error> apache_tokens(std::string_view format) {
  return apache_parser(format).parse();
}

}  // namespace countips
