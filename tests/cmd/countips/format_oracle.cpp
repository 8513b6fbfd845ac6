#include "cmd/countips/format_oracle.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>

#include "cmd/countips/oracle_json.h"
#include "cmd/countips/oracle_tables.h"
#include "cmd/countips/oracle_texts.h"

namespace countips {

namespace {

// In the expressions below CLIENTS is the first of a list, CLF, ISO and HOST what they say. The
// group `client` of a line is its client, `time` its time. A line with a match of `but` is none. A
// line may be cut off within `rest`, of which every end completes it then.
struct row {
  std::string name;
  std::string line;
  std::string but = {};
  std::string rest = {};
};

const std::string user = R"( [^ ]+ .*? \[CLF\])";

const std::vector<row> rows = {
    {"vhost_combined", R"(^\S+:\d+ CLIENTS)" + user},
    {"vhost_common", R"(^\S+:\d+ CLIENTS)" + user},
    {"host_combined", "^HOST CLIENTS" + user},
    {"host_common", "^HOST CLIENTS" + user},
    {"gandi", "^HOST CLIENTS" + user + R"( \(\d+ s\) ")", {}, " (0 s) \""},
    {"port_combined", R"(^(?P<client>[^ ,]*[^ ,:])(?::\d+|\B) - .*? \[CLF\])"},
    {"client_host_combined", "^CLIENTS HOST .*? \\[CLF\\]"},
    {"combined_iso", R"(^CLIENTS - .*? \[ISO\] ")", {}, " \""},
    {"combined_bare_iso", R"(^CLIENTS - .*? ISO ")", {}, "\""},
    {"host_client_time", R"(^HOST CLIENTS \[CLF\])"},
    {"client_time", R"(^CLIENTS \[CLF\])"},
    {"time_first", R"(^\[CLF\] \[[^\]]*\] \[client (?P<client>[^\]]*)\])"},
    {"npmplus", R"(^\[CLF\] \S+ CLIENTS [\d.]+ ")", {}, "0.012 \""},
    {"zoraxy",
     R"(^\S+ \S+ \[ISO\] \[router:[^\]]*\] \[origin:[^\]]*\] \[client: (?P<client>[^\]]*)\])"},
    {"nginx_proxy_manager", R"(^\[CLF\] .*?" \[Client (?P<client>.*?)\] \[)"},
    {"uwsgi",
     R"(^\[pid: [^\]]*\] (?P<client>.*?) \(.*?\} \[(?P<time>\w{3} \w{3} [ \d]\d [\d:]{8} \d{4})\] )"},
    {"haproxy",
     R"((?:^|: )(?P<client>\S+):\d+ \[(?P<time>\d\d/\w{3}/\d{4}:[\d:]{8}\.\d{3})\])"
     R"( \S+[^:\s] \S+/\S+ [-+\d]+(?:/[-+\d]+){4}(?:\s|$))",
     {},
     "0"},
    {"haproxy_tcp",
     R"((?:^|: )(?P<client>\S+):\d+ \[(?P<time>\d\d/\w{3}/\d{4}:[\d:]{8}\.\d{3})\])"
     R"( \S+[^:\s] \S+/\S+ [-+\d]+(?:/[-+\d]+){2}(?:\s|$))",
     {},
     "0"},
    {"squid", R"(^(?P<time>\d+(?:\.\d+)?)\s+\S+\s+(?P<client>\S+)\s+\S+/)"},
    {"alb", R"(^(?:https?|h2|grpcs|wss?) ISO \S+ (?P<client>\S*[^.\s])(?::\d+|\B$))"},
    {"elb", R"(^ISO \S+ (?P<client>\S+):\d+ (?:\S+ ){8}")", R"("- - - ")", "\""},
    {"s3", R"(^\S+ \S+ \[CLF\] (?P<client>[\w.:%-]*[.:][\w.:%-]*)(?: |$))"},
    {"envoy", R"x(^\[ISO\] ".*?" \d+ \S+ \d+ \d+ \S+ \S+ "(?P<client>[^"]*)" ")x", R"(\] "- - -" )",
     " \""},
    {"istio",
     R"x(^\[ISO\] "(.*)" (?:\S+ ){4}".*" (?:\S+ ){4}".*" ".*" "[^"]*" "[^"]*" "[^"]*" )x"
     R"((?:\S+ ){3}(?P<client>\S+):\d+ \S+ \S+$)",
     R"(\] "- - -" )", "default"},
};

// What the name stands for is written instead.
std::string with_parts(std::string text) {
  const std::vector<std::pair<std::string, std::string>> parts = {
      {"CLIENTS", R"((?P<client>[^ ,]+)(?:, *[^ ,]+)*)"},
      {"CLF", R"((?P<time>\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}))"},
      {"ISO", R"((?P<time>\d{4}-\d\d-\d\d[T ][\d:]{8}(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?))"},
      {"HOST", R"([^ ]*\.[^ ]*)"}};
  for (const auto& [name, meaning] : parts) {
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name)) {
      text.replace(at, name.size(), meaning);
    }
  }
  return text;
}

std::optional<oracle_hit> hit_of_texts(const std::string& client, const std::string& time) {
  const auto who = oracle_client(client);
  const auto day = oracle_day(time);
  return who && day ? std::optional(oracle_hit{*day, *who}) : std::nullopt;
}

line_oracle oracle_of_row(const row& of) {
  const auto line = std::make_shared<RE2>(with_parts(of.line), RE2::Latin1);
  const auto but = std::make_shared<RE2>(of.but.empty() ? R"([^\x00-\xff])" : of.but, RE2::Latin1);
  const std::string rest = of.rest;
  const auto& groups = line->NamedCapturingGroups();
  const auto client = static_cast<std::size_t>(groups.at("client"));
  const auto time = static_cast<std::size_t>(groups.at("time"));
  return [=](const std::string& whole) -> std::optional<oracle_hit> {
    const std::string given = whole.substr(0, whole.size() - (whole.ends_with('\r') ? 1 : 0));
    for (std::size_t left = 0; left <= rest.size(); ++left) {
      const std::string text = given + rest.substr(rest.size() - left);
      std::array<re2::StringPiece, 4> found;
      if (!line->Match(text, 0, text.size(), RE2::UNANCHORED, found.data(), 4)) continue;
      if (RE2::PartialMatch(text, *but)) return std::nullopt;
      return hit_of_texts(std::string(found[client]), std::string(found[time]));
    }
    return std::nullopt;
  };
}

const std::vector<std::string> with_client_in_front = {"common", "combined", "combined_forwarded",
                                                       "traefik"};

struct prefix {
  std::string name;
  std::string expression;  // Up to what it stands before.
};

const std::vector<prefix> prefixes = {
    {"syslog",
     R"(^(?:<\d+>)?(?:\w{3} +\d+ (?:\d{4} )?[\d:.]{8,}|\S*T\S*|\d{9,}\S*) +(?:\S+ )?\S+: +)"},
    {"rfc5424",
     R"x(^(?:<\d+>)?1 \S+ \S+ \S+ \S+ \S+ (?:-|(?:\[(?:[^"\]]|"(?:\\.|[^"\\])*")*\])+) )x"
     "(?:\xef\xbb\xbf)?"},
    {"cri", R"(^\S+ (?:stdout|stderr) [FP]\S* )"},
    {"compose", R"(^[\w.-]+ +\| )"},
    {"timestamp", R"(^\d\S+T\S+ )"},
};

line_oracle behind_expression(const prefix& of, line_oracle inner) {
  const auto expression = std::make_shared<RE2>(of.expression, RE2::Latin1);
  return [=](std::string line) -> std::optional<oracle_hit> {
    return RE2::Replace(&line, *expression, "") ? inner(line) : std::nullopt;
  };
}

line_oracle behind_prefix(const std::string& name, line_oracle inner) {
  const auto found = std::ranges::find(prefixes, name, &prefix::name);
  if (found != prefixes.end()) return behind_expression(*found, std::move(inner));
  return [name, inner](const std::string& line) -> std::optional<oracle_hit> {
    const auto text = oracle_json_message(name, line);
    return text ? inner(*text) : std::nullopt;
  };
}

}  // namespace

std::vector<std::string> oracle_names() {
  std::vector<std::string> names = with_client_in_front;
  for (const row& each : rows) names.push_back(each.name);
  for (const std::string& name : oracle_json_names()) names.push_back(name);
  for (const std::string& name : oracle_table_names()) names.push_back(name);
  return names;
}

line_oracle oracle_of(std::string_view name) {
  if (const std::size_t in = name.find(" in "); in != std::string_view::npos) {
    const std::size_t last = name.rfind(" in ");
    return behind_prefix(std::string(name.substr(last + 4)), oracle_of(name.substr(0, last)));
  }
  for (const row& each : rows) {
    if (each.name == name) return oracle_of_row(each);
  }
  if (std::ranges::find(with_client_in_front, name) != with_client_in_front.end()) {
    return oracle_read;
  }
  if (line_oracle json = oracle_of_json(name)) return json;
  return oracle_of_table(name);
}

}  // namespace countips
