#include "cmd/countips/oracle_tables.h"

#include <re2/re2.h>

#include <map>

#include "cmd/countips/oracle_texts.h"

namespace countips {

namespace {

using words = std::vector<std::string>;

words split(const std::string& line, const std::string& word) {
  static std::map<std::string, RE2> expressions;
  const RE2& expression = expressions.try_emplace(word, word, RE2::Latin1).first->second;
  words found;
  re2::StringPiece rest(line);
  for (std::string each; RE2::FindAndConsume(&rest, expression, &each);) found.push_back(each);
  return found;
}

const std::string blank_words = R"(("(?:[^"]|"")*"|\S+))";
const std::string tab_words = R"(([^\t]+))";

// The columns of a file, by the line that names them.
struct table {
  words names;
  std::string date;

  bool take_header(const std::string& line) {
    if (!line.starts_with('#')) return false;
    const words found = split(line, blank_words);
    if (found[0] == "#Fields:" || found[0] == "#fields") names = {found.begin() + 1, found.end()};
    if (found[0] == "#Date:" && found.size() > 1) date = found[1];
    return true;
  }

  [[nodiscard]] std::map<std::string, std::string> named(const words& values) const {
    std::map<std::string, std::string> found;
    for (std::size_t i = 0; i < std::min(names.size(), values.size()); ++i) {
      found[names[i]] = values[i];
      std::erase(found[names[i]], '"');
    }
    return found;
  }
};

std::optional<oracle_hit> hit_of(const std::string& client, const std::string& time) {
  const auto who = oracle_client(client);
  const auto day = oracle_day(time);
  return who && day ? std::optional(oracle_hit{*day, *who}) : std::nullopt;
}

// Of a line that has not just the columns that are named any word may stand where the client
// should.
std::optional<oracle_hit> read_w3c_words(const table& columns, const words& found) {
  auto value = columns.named(found);
  const bool is_odd = found.size() != columns.names.size();
  if (is_odd && !oracle_address(value["c-ip"])) return std::nullopt;
  const std::string day = value.contains("date") ? value["date"] : value["date-local"];
  const std::string clock = value.contains("time") ? value["time"] : value["time-local"];
  if (day.find('/') != std::string::npos) return std::nullopt;
  return hit_of(value["c-ip"], (day.empty() ? columns.date : day) + " " + clock);
}

// Quotes hold words together, or else, as in what IIS writes, are part of them.
std::optional<oracle_hit> read_w3c(table& columns, const std::string& line) {
  if (columns.take_header(line)) return std::nullopt;
  const bool has_tabs = line.find('\t') != std::string::npos && line.find(' ') == std::string::npos;
  const auto hit = read_w3c_words(columns, split(line, has_tabs ? tab_words : blank_words));
  return hit || has_tabs ? hit : read_w3c_words(columns, split(line, R"((\S+))"));
}

std::optional<oracle_hit> read_zeek(table& columns, const std::string& line) {
  if (columns.take_header(line)) return std::nullopt;
  auto value = columns.named(split(line, tab_words));
  if (!value.contains("method") || value["method"] == "-") return std::nullopt;
  return hit_of(value["id.orig_h"], value["ts"]);
}

std::optional<oracle_hit> read_ltsv(const std::string& line) {
  static const RE2 time(R"((?:^|\t)(?:time|time_local|time_iso8601|msec):\[?([^\t\]]{2,}))",
                        RE2::Latin1);
  static const RE2 peer(R"((?:^|\t)(?:remote_addr|clientip):([^\t]{2,}|[^\t-]))", RE2::Latin1);
  static const RE2 host(R"((?:^|\t)host:([^\t]{2,}|[^\t-]))", RE2::Latin1);
  static const RE2 message(R"((?:^|\t)(?:message|level):[^\t-])", RE2::Latin1);
  static const RE2 sign(
      R"((?:^|\t)(?:status:[1-5]\d\d(?:[\t\r]|$)|(?:method|request_method):[A-Z]{3}|req:[A-Z]{3}))",
      RE2::Latin1);
  std::string client, when;
  if (!RE2::PartialMatch(line, time, &when)) return std::nullopt;
  if (RE2::PartialMatch(line, message) && !RE2::PartialMatch(line, sign)) return std::nullopt;
  static const RE2 has_peer(R"((?:^|\t)(?:remote_addr|clientip):)", RE2::Latin1);
  const RE2& who = RE2::PartialMatch(line, has_peer) ? peer : host;
  if (!RE2::PartialMatch(line, who, &client)) return std::nullopt;
  return hit_of(client, when);
}

}  // namespace

std::vector<std::string> oracle_table_names() {
  return {"w3c", "cloudfront", "zeek", "ltsv"};
}

line_oracle oracle_of_table(std::string_view name) {
  words usual = {"date", "time", "x-edge-location", "sc-bytes", "c-ip"};
  usual.resize(20);  // The others do not matter.
  if (name == "ltsv") return read_ltsv;
  if (name == "zeek") {
    return
        [columns = table()](const std::string& line) mutable { return read_zeek(columns, line); };
  }
  if (name != "w3c" && name != "cloudfront") return {};
  return [columns = table{name == "w3c" ? words() : usual, {}}](const std::string& line) mutable {
    return read_w3c(columns, line);
  };
}

}  // namespace countips
