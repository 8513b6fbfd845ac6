// The variables of nginx's log_format.
#include <algorithm>
#include <array>
#include <utility>

#include "countips/formats/format_tokens.h"

namespace countips {

namespace {

struct known_variable {
  std::string_view name;
  format_field field;
};

constexpr format_field tidy{.is_tidy = true};
constexpr format_field port{.is_tidy = true, .is_port = true};
constexpr format_field forwarded{.role = field_role::forwarded};

// Those that say something of a request, and those that never hold blanks.
constexpr std::array known_variables = {
    known_variable{"remote_addr", {.role = field_role::peer, .is_tidy = true}},
    known_variable{"realip_remote_addr",
                   {.role = field_role::peer, .is_tidy = true, .is_fallback = true}},
    known_variable{"proxy_protocol_addr", {.role = field_role::forwarded, .is_tidy = true}},
    known_variable{"proxy_add_x_forwarded_for", forwarded},
    known_variable{"request", {.role = field_role::request}},
    known_variable{"request_method", {.role = field_role::method, .is_tidy = true}},
    known_variable{"request_uri", {.role = field_role::path}},
    known_variable{"uri", {.role = field_role::path}},
    known_variable{"document_uri", {.role = field_role::path}},
    known_variable{"status", {.role = field_role::status, .is_tidy = true}},
    known_variable{"host", {.role = field_role::host, .is_tidy = true}},
    known_variable{"server_name", {.role = field_role::host, .is_tidy = true}},
    known_variable{"remote_port", port},
    known_variable{"server_port", port},
    known_variable{"realip_remote_port", port},
    known_variable{"proxy_protocol_port", port},
    known_variable{"body_bytes_sent", tidy},
    known_variable{"bytes_sent", tidy},
    known_variable{"bytes_received", tidy},
    known_variable{"connection", tidy},
    known_variable{"connection_requests", tidy},
    known_variable{"connection_time", tidy},
    known_variable{"gzip_ratio", tidy},
    known_variable{"hostname", tidy},
    known_variable{"https", tidy},
    known_variable{"limit_req_status", tidy},
    known_variable{"nginx_version", tidy},
    known_variable{"pid", tidy},
    known_variable{"pipe", tidy},
    known_variable{"request_id", tidy},
    known_variable{"request_length", tidy},
    known_variable{"request_time", tidy},
    known_variable{"scheme", tidy},
    known_variable{"server_addr", tidy},
    known_variable{"server_protocol", tidy},
    known_variable{"session_time", tidy},
    known_variable{"ssl_cipher", tidy},
    known_variable{"ssl_protocol", tidy},
    known_variable{"upstream_cache_status", tidy},
};

format_field field_of_variable(std::string_view name) {
  constexpr std::string_view header = "http_";
  const auto* const known = std::ranges::find(known_variables, name, &known_variable::name);
  if (known != known_variables.end()) return known->field;
  if (name.starts_with(header)) return field_of_header(name.substr(header.size()));
  return {};
}

format_token token_of_variable(std::size_t position, std::string_view name) {
  if (name == "time_local") return {position, time_piece{.kind = time_piece::kinds::clf}};
  if (name == "time_iso8601") return {position, time_piece{.kind = time_piece::kinds::iso}};
  if (name == "msec") return {position, time_piece{.kind = time_piece::kinds::epoch}};
  return {position, field_of_variable(name)};
}

bool is_of_name(char c) {
  return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_';
}

// The name that stands behind a '$', and how long it is with its braces; no name, no length.
std::pair<std::string_view, std::size_t> name_behind(std::string_view text) {
  const bool has_braces = text.starts_with('{');
  if (has_braces) text.remove_prefix(1);
  const auto* const end = std::ranges::find_if_not(text, is_of_name);
  const std::string_view name(text.begin(), end);
  if (!has_braces) return {name, name.size()};
  if (name.empty() || !text.substr(name.size()).starts_with('}')) return {};
  return {name, name.size() + 2};
}

}  // namespace

format_tokens nginx_tokens(std::string_view format) {
  format_tokens tokens;
  for (std::size_t at = 0; at < format.size();) {
    const std::size_t dollar = std::min(format.find('$', at), format.size());
    if (dollar > at) append_text(tokens, at, format.substr(at, dollar - at));
    if (dollar == format.size()) break;
    const auto [name, size] = name_behind(format.substr(dollar + 1));
    if (name.empty()) {
      append_text(tokens, dollar, "$");
    } else {
      tokens.push_back(token_of_variable(dollar, name));
    }
    at = dollar + 1 + size;
  }
  return tokens;
}

bool has_nginx_variable(std::string_view format) {
  for (std::size_t at = format.find('$'); at + 1 < format.size(); at = format.find('$', at + 1)) {
    if (at == std::string_view::npos) return false;
    const char next = format[at + 1];
    if (next == '{' || next == '_' || (next >= 'a' && next <= 'z')) return true;
  }
  return false;
}

}  // namespace countips
