#include "cmd/countips/oracle.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <regex>
#include <sstream>
#include <vector>

#include "cmd/countips/oracle_texts.h"

namespace countips {

namespace {

const std::string months = "JanFebMarAprMayJunJulAugSepOctNovDec";

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (c == ' ' || c == '\t') {
      words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  std::erase(words, "");
  return words;
}

bool can_be_name(const std::string& text) {
  bool solid = false;
  for (const char c : text) {
    const int byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte == 0x7f || std::strchr("\"':=,[]{}", c) != nullptr) return false;
    solid = solid || byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
            (byte >= 'A' && byte <= 'Z');
  }
  return solid;
}

// Behind the comma after an entry that names nobody: the text up to a blank that is beside no
// comma.
std::optional<std::string> first_of_list(const std::string& rest) {
  static const std::regex list(R"(^[ \t]*(?:[^ \t,]*[ \t]*,[ \t]*)*[^ \t,]*)");
  std::smatch found;
  std::regex_search(rest, found, list);
  return oracle_client(found.str());
}

// Of the part of the line before the time.
std::optional<std::string> client_of(std::string head, bool needs_more) {
  head.erase(0, head.find_first_not_of(" \t"));
  if (head.starts_with("\"")) head.erase(0, 1);
  std::string name = head.substr(0, head.find_first_of(" \t,"));
  std::string rest = head.substr(name.size());
  rest.erase(0, std::min(rest.find_first_not_of(" \t"), rest.size()));
  if (name.ends_with("\"")) name.pop_back();
  const bool is_list = rest.starts_with(",");
  if (is_list && (name.empty() || name == "-")) return first_of_list(rest.substr(1));
  const auto address = oracle_address(name);
  if (address && (is_list || !needs_more)) return address;
  const auto named = oracle_address_named(name);
  const auto client = !named && can_be_name(name) ? std::optional<std::string>(name) : named;
  if (!client || is_list) return client;
  const std::vector<std::string> words = words_of(rest);
  const bool has_address = std::any_of(words.begin(), words.end(),
                                       [](const auto& word) { return oracle_address_named(word); });
  if (words.size() < 2 || has_address) return std::nullopt;
  if (words[0] != "-" && (words[1] != "-" || words.size() > 2)) return std::nullopt;
  return client;
}

std::optional<std::string> day_of(const std::smatch& time) {
  const auto number = [&](std::size_t i) { return std::stoi(time[i].str()); };
  const std::size_t month = months.find(time[2].str());
  if (month == std::string::npos || month % 3 != 0) return std::nullopt;
  const std::chrono::year_month_day day{std::chrono::year(number(3)),
                                        std::chrono::month(static_cast<unsigned>(month / 3 + 1)),
                                        std::chrono::day(static_cast<unsigned>(number(1)))};
  if (!day.ok() || number(4) > 23 || number(5) > 59 || number(6) > 60) return std::nullopt;
  if (time[7].matched && (number(7) > 23 || number(8) > 59)) return std::nullopt;
  const std::string month_text = std::to_string(100 + month / 3 + 1).substr(1);
  return time[3].str() + "-" + month_text + "-" + time[1].str();
}

}  // namespace

std::optional<oracle_hit> oracle_read(const std::string& line) {
  static const std::regex time_field(
      R"( \[(\d\d)/([A-Za-z]{3})/(\d{4})[: ](\d\d):(\d\d):(\d\d)(?:[.,]\d+)? *)"
      R"((?:[+-](\d\d)(\d\d))?\])");
  static const std::regex usual(R"( \[[^ :]*:\d\d:\d\d:\d\d [+-]\d{4}\])");
  std::smatch time;
  if (!std::regex_search(line, time, time_field)) return std::nullopt;
  const std::optional<std::string> day = day_of(time);
  const std::optional<std::string> client =
      client_of(time.prefix().str(), !std::regex_match(time.str(), usual));
  if (!day || !client) return std::nullopt;
  return oracle_hit{*day, *client};
}

void oracle_count::add(std::string_view text, const line_oracle& read) {
  std::istringstream stream{std::string(text)};
  for (std::string line; std::getline(stream, line);) {
    ++lines;
    if (const auto hit = read(line)) {
      ++requests[hit->day];
      clients[hit->day].insert(hit->client);
    } else if (line.find_first_not_of(" \t\r\v\f") == std::string::npos) {
      ++blank;
    } else if (line.starts_with("#")) {
      ++comments;
    } else {
      ++rejected;
      if (first_rejected == 0) first_rejected = lines;
    }
  }
}

std::set<std::string> oracle_count::all_clients() const {
  std::set<std::string> all;
  for (const auto& [day, its] : clients) all.insert(its.begin(), its.end());
  return all;
}

std::uint64_t oracle_count::all_requests() const {
  std::uint64_t all = 0;
  for (const auto& [day, its] : requests) all += its;
  return all;
}

simple_count count_simply(std::string_view text) {
  simple_count counted;
  std::istringstream stream{std::string(text)};
  for (std::string line; std::getline(stream, line);) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    ++counted.requests;
    const std::string head = line.substr(0, line.find(" - -"));
    counted.clients.insert(head.substr(0, head.find(',')));
  }
  return counted;
}

}  // namespace countips
