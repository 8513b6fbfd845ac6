#include "cmd/countips/oracle_json.h"

#include <re2/re2.h>

#include <algorithm>
#include <map>

#include "cmd/countips/oracle_texts.h"

namespace countips {

namespace {

// Keys in the order in which they are asked; "a/b" is a key of an object of no others in it.
struct row {
  std::string name;
  std::vector<std::string> clients;
  std::vector<std::string> times;
};

const std::vector<row> rows = {
    {"caddy", {"client_ip", "remote_ip", "remote_addr"}, {"ts"}},
    {"traefik_json", {"ClientHost", "ClientAddr"}, {"StartUTC", "StartLocal", "time"}},
    {"gcp", {"remoteIp"}, {"timestamp"}},
    {"cloudflare", {"ClientIP"}, {"EdgeStartTimestamp", "EdgeEndTimestamp"}},
    {"envoy_json",
     {"downstream_remote_address", "downstream_remote_address_without_port",
      "downstream_direct_remote_address", "x_forwarded_for", "x-forwarded-for"},
     {"start_time"}},
    {"ecs",
     {"source/ip", "source\\.ip", "client/ip", "client\\.ip", "source/address", "source\\.address",
      "client/address"},
     {"@timestamp"}},
    {"nginx_json",
     {"remote_addr", "client_ip", "clientip", "client", "ip", "http_x_forwarded_for", "xff"},
     {"time_iso8601", "time_local", "msec", "@timestamp", "time"}},
};

const std::string text_of_json = R"("(?:[^"\\]|\\.)*")";

// As many objects are closed as are opened, and every text is.
bool is_whole(std::string line) {
  static const RE2 text(text_of_json, RE2::Latin1);
  static const RE2 object(R"(\s*\{.*\}\s*)", RE2::Latin1);
  RE2::GlobalReplace(&line, text, "");
  return std::ranges::count(line, '{') == std::ranges::count(line, '}') &&
         line.find('"') == std::string::npos && RE2::FullMatch(line, object);
}

std::string expression_of(const std::string& key) {
  const std::size_t slash = key.find('/');
  const std::string open = R"([{,]\s*")";
  const std::string value = R"("\s*:\s*\[?\s*("(?:[^"\\]|\\.)*"|[^\s",}\]]+))";
  if (slash == std::string::npos) return open + key + value;
  return open + key.substr(0, slash) + R"("\s*:\s*\{(?:[^{}]*,)?\s*")" + key.substr(slash + 1) +
         value;
}

// Empty if there is none.
std::string value_of(const std::vector<std::string>& keys, const std::string& line) {
  for (const std::string& key : keys) {
    std::string value;
    if (!RE2::PartialMatch(line, RE2(expression_of(key), RE2::Latin1), &value)) continue;
    std::erase(value, '"');
    RE2::GlobalReplace(&value, R"(\\/)", "/");
    if (!value.empty() && value != "-" && value != "null") return value;
  }
  return {};
}

// What is torn off a line might have been better than any but the first.
std::vector<std::string> best_of(std::vector<std::string> keys, bool may_go_on) {
  if (may_go_on) keys.resize(1);
  return keys;
}

// A status, a method, a target or a request line.
bool has_sign(const std::string& line) {
  static const RE2 sign(
      R"x((?i:status|status_code|code|response)"\s*:\s*"?[1-5][0-9][0-9]"?\s*[,}]|)x"
      R"x((?i:method|verb)"\s*:\s*"[A-Z][A-Z_-]{2,}"|)x"
      R"x((?:request_uri|requestUrl|RequestPath|RequestURI|origin.path|original|/path)"\s*:\s*)x"
      R"x("(?:\\?/|[a-z]+://)|)x"
      R"x("request"\s*:\s*"(?:\\?/|[A-Z][A-Z_-]{2,} (?:\\?/|[a-z]+://|\*)|CONNECT |[A-Z]+ .* HTTP))x",
      RE2::Latin1);
  return RE2::PartialMatch(line, sign);
}

std::optional<oracle_hit> read_row(const row& of, const std::string& line) {
  static const RE2 other(R"(^\{(?:[^{}]*,)?\s*"msg"\s*:\s*"[^"]*")", RE2::Latin1);
  static const RE2 handled(R"x(,"msg":"(?:handled request|NOP)")x", RE2::Latin1);
  if (of.name == "caddy" && RE2::PartialMatch(line, other) && !RE2::PartialMatch(line, handled)) {
    return std::nullopt;
  }
  const bool may_go_on = !is_whole(line);
  if (of.name != "caddy" && !may_go_on && !has_sign(line)) return std::nullopt;
  const auto client = oracle_client(value_of(best_of(of.clients, may_go_on), line));
  const auto day = oracle_day(value_of(best_of(of.times, may_go_on), line));
  return client && day ? std::optional(oracle_hit{*day, *client}) : std::nullopt;
}

// As far as the logs of the tests go.
std::string unescaped(const std::string& text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_escape = text[i] == '\\' && i + 1 < text.size();
    if (is_escape) ++i;
    const std::string controls = "nrt";
    const std::size_t control = is_escape ? controls.find(text[i]) : std::string::npos;
    plain += control == std::string::npos ? text[i] : "\n\r\t"[control];
  }
  return plain;
}

}  // namespace

std::vector<std::string> oracle_json_names() {
  std::vector<std::string> names;
  for (const row& each : rows) names.push_back(each.name);
  return names;
}

line_oracle oracle_of_json(std::string_view name) {
  for (const row& each : rows) {
    if (each.name != name) continue;
    return [&each](const std::string& line) { return read_row(each, line); };
  }
  return {};
}

std::optional<std::string> oracle_json_message(const std::string& from, const std::string& line) {
  const std::map<std::string, std::string> keys = {
      {"docker", "log"}, {"journal", "MESSAGE"}, {"message", "message"}};
  const std::string value = R"([{,]\s*")" + keys.at(from) + R"("\s*:\s*)";
  std::string text, numbers;
  if (!line.starts_with('{')) return std::nullopt;
  static const RE2 stream(R"x([{,]\s*"stream"\s*:\s*"[^"]*")x", RE2::Latin1);
  static const RE2 when(R"x([{,]\s*"__REALTIME_TIMESTAMP"\s*:\s*"[^"]*")x", RE2::Latin1);
  if (from == "docker" && !RE2::PartialMatch(line, stream)) return std::nullopt;
  if (from == "journal" && !RE2::PartialMatch(line, when)) return std::nullopt;
  if (RE2::PartialMatch(line, RE2(value + R"x("((?:[^"\\]|\\.)*)")x", RE2::Latin1), &text)) {
    return unescaped(text);
  }
  if (!RE2::PartialMatch(line, RE2(value + R"(\[([\d, ]*)\])", RE2::Latin1), &numbers)) {
    return std::nullopt;
  }
  re2::StringPiece rest(numbers);
  for (int byte = 0; RE2::FindAndConsume(&rest, R"((\d+))", &byte);) {
    text += static_cast<char>(byte);
  }
  return text;
}

}  // namespace countips
