// Counts with filters, top clients and separate hosts, against a slow oracle: one regular
// expression for the whole line, and sets and maps of texts.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <random>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "cmd/countips/fake_files.h"
#include "countips/counting/count.h"
#include "countips/counting/count_block.h"
#include "countips/counting/top_clients.h"
#include "countips/formats/clf.h"
#include "countips/formats/json_formats.h"
#include "par/pools/thread_pool.h"

namespace countips {
namespace {

// What the oracle sees in a line.
struct seen_line {
  std::string client = {}, day = {}, clock = {}, method = {}, path = {}, status = {}, agent = {};
};

std::optional<seen_line> see(const std::string& line) {
  static const std::regex whole(
      R"re(^(\S+) - \S+ \[(\d\d)/(Jan|Feb)/(\d{4}):([\d:]{8}) [+-]\d{4}\])re"
      R"re((?: "((?:[^"\\]|\\.)*)"(?: (\S*) \S+(?: "(?:[^"\\]|\\.)*" "((?:[^"\\]|\\.)*)")?)?)?.*$)re");
  static const std::regex request_line(R"(^([A-Z_-]+) (.*?)(?: HTTP/(?!.* HTTP/).*)?$)");
  std::smatch found;
  if (!std::regex_match(line, found, whole)) return std::nullopt;
  seen_line seen{.client = found[1],
                 .day = found[4].str() + (found[3] == "Jan" ? "-01-" : "-02-") + found[2].str(),
                 .clock = found[5],
                 .status = found[7],
                 .agent = found[8]};
  const std::string request = found[6];
  std::smatch parts;
  if (std::regex_match(request, parts, request_line)) {
    seen.method = parts[1];
    seen.path = parts[2];
  }
  return seen;
}

class log_writer {
 public:
  explicit log_writer(unsigned seed) : random_(seed) {}

  std::string log(int lines) {
    std::string text;
    std::string last;
    for (int i = 0; i < lines; ++i) {
      if (last.empty() || random_() % 3 != 0) last = line();
      text += last + '\n';
    }
    return text;
  }

 private:
  std::string pick(std::initializer_list<const char*> from) {
    return from.begin()[random_() % from.size()];
  }

  std::string line() {
    const std::string client = pick({"192.0.2.1", "192.0.2.1", "192.0.2.2", "192.0.2.3",
                                     "2001:db8::1", "host.test", "other.test"});
    const std::string time =
        pick({"[30/Jan/2024:", "[31/Jan/2024:", "[01/Feb/2024:"}) +
        pick({"00:00:00", "10:29:59", "10:30:00", "10:30:59", "10:31:00", "23:59:59"}) +
        pick({" +0000]", " +0000]", " +0530]", " -0800]"});
    const std::string request =
        pick({"GET / HTTP/1.1", "GET /a?b=1 HTTP/1.1", "POST /a/b HTTP/2.0", "HEAD /a",
              "GET /x HTTP/1.1 HTTP/1.0", R"(GET /q\"x HTTP/1.1)", R"(GET /q\\)", "", "-",
              R"(\x16\x03\x01 \x02)", "get / HTTP/1.1", "CONNECT a:443 HTTP/1.1"});
    const std::string status = pick({"200", "200", "204", "301", "404", "500", "-", "20", "2000"});
    const std::string agent =
        pick({"-", "", "curl/8.5.0", "Mozilla/5.0 Firefox/126.0", R"(a \"quoted\" one)",
              "Mozilla/5.0 (compatible; Googlebot/2.1)", R"(ends in \\)"});
    std::string made = client + " - " + pick({"-", "bob"}) + ' ' + time;
    const std::string tails[] = {" \"" + request + "\" " + status + " 5 \"-\" \"" + agent + '"',
                                 " \"" + request + "\" " + status + " 5", " \"never closed", ""};
    return made + tails[std::min<std::size_t>(random_() % 20, 19) < 16 ? 0 : random_() % 4];
  }

  std::mt19937 random_;
};

struct seen_group {
  std::uint64_t requests = 0;
  std::map<std::string, std::uint64_t> clients;
};

using wanted_line = std::function<bool(const seen_line&)>;

std::vector<seen_line> see_all(const std::string& log) {
  std::vector<seen_line> all;
  std::istringstream lines(log);
  for (std::string line; std::getline(lines, line);) {
    const auto seen = see(line);
    EXPECT_TRUE(seen.has_value()) << line;
    if (seen) all.push_back(*seen);
  }
  return all;
}

std::map<std::string, seen_group> count_slowly(const std::vector<seen_line>& lines,
                                               const wanted_line& wanted) {
  std::map<std::string, seen_group> groups;
  for (const seen_line& line : lines) {
    if (!wanted(line)) continue;
    ++groups[line.day].requests;
    ++groups[line.day].clients[line.client];
  }
  return groups;
}

bool is_name(const std::string& client) {
  return client.ends_with(".test");
}

std::vector<top_client> slow_top(const seen_group& group, std::size_t most) {
  std::vector<top_client> top;
  for (const auto& [client, requests] : group.clients) top.push_back({client, requests});
  std::ranges::sort(top, [](const top_client& a, const top_client& b) {
    return std::tie(b.requests, a.client) < std::tie(a.requests, b.client);
  });
  top.resize(std::min(top.size(), most));
  return top;
}

void expect_rows(const report& found, const std::map<std::string, seen_group>& groups,
                 std::size_t top) {
  ASSERT_EQ(found.rows.size(), groups.size());
  auto row = found.rows.begin();
  for (const auto& [day, group] : groups) {
    const auto names = static_cast<std::uint64_t>(
        std::ranges::count_if(group.clients, [](const auto& each) { return is_name(each.first); }));
    EXPECT_EQ(row->name, day);
    EXPECT_EQ(row->requests, group.requests) << day;
    EXPECT_EQ(row->clients, group.clients.size() - names) << day;
    EXPECT_EQ(row->hosts, names) << day;
    EXPECT_EQ(row->top, slow_top(group, top)) << day;
    ++row;
  }
}

std::vector<regex_program> pattern(const char* text) {
  return {regex_program::compile(text).value()};
}

bool finds(const std::string& text, const char* pattern) {
  return std::regex_search(text, std::regex(pattern));
}

local_time at(std::uint32_t day_number, std::uint32_t second = 0) {
  return {day::from_number(day_number), second};
}

struct filter_case {
  const char* name;
  record_filter filter;
  wanted_line wanted;
};

std::vector<filter_case> all_cases() {
  return {
      {"none", {}, [](const seen_line&) { return true; }},
      {"days",
       {.since = at(20240131), .before = at(20240201)},
       [](const seen_line& s) { return s.day == "2024-01-31"; }},
      {"since a day",
       {.since = at(20240131)},
       [](const seen_line& s) { return s.day >= "2024-01-31"; }},
      {"until a minute",
       {.before = at(20240131, 37860)},
       [](const seen_line& s) { return s.day + s.clock < "2024-01-3110:31:00"; }},
      {"since a minute",
       {.since = at(20240131, 37800)},
       [](const seen_line& s) { return s.day + s.clock >= "2024-01-3110:30:00"; }},
      {"status",
       {.statuses = status_set::parse("2xx,404")},
       [](const seen_line& s) { return finds(s.status, "^(2..|404)$"); }},
      {"other status",
       {.statuses = status_set::parse("!2xx")},
       [](const seen_line& s) {
         return finds(s.status, "^\\d{1,3}$") && !finds(s.status, "^2..$");
       }},
      {"method",
       {.methods = {"GET", "HEAD"}},
       [](const seen_line& s) { return s.method == "GET" || s.method == "HEAD"; }},
      {"path",
       {.paths = {.wanted = pattern("^/a")}},
       [](const seen_line& s) { return finds(s.path, "^/a"); }},
      {"no path",
       {.paths = {.unwanted = pattern("^/a")}},
       [](const seen_line& s) { return !finds(s.path, "^/a"); }},
      {"agent",
       {.agents = {.wanted = pattern("o")}},
       [](const seen_line& s) { return finds(s.agent, "o"); }},
      {"no agent",
       {.agents = {.unwanted = pattern("o")}},
       [](const seen_line& s) { return !finds(s.agent, "o"); }},
      {"bots",
       {.bots = bot_choice::only},
       [](const seen_line& s) { return finds(s.agent, "bot|curl"); }},
      {"no bots",
       {.bots = bot_choice::exclude},
       [](const seen_line& s) { return !finds(s.agent, "bot|curl"); }},
      {"day and status",
       {.since = at(20240201), .statuses = status_set::parse("404")},
       [](const seen_line& s) { return s.day == "2024-02-01" && s.status == "404"; }},
      {"all",
       {.since = at(20240131),
        .statuses = status_set::parse("200"),
        .methods = {"GET"},
        .paths = {.wanted = pattern("/")},
        .agents = {.wanted = pattern("Mozilla")},
        .bots = bot_choice::exclude},
       [](const seen_line& s) {
         return s.day >= "2024-01-31" && s.status == "200" && s.method == "GET" &&
                finds(s.path, "/") && finds(s.agent, "Mozilla") && !finds(s.agent, "bot");
       }},
  };
}

TEST(count_with_filters, agrees_with_the_oracle_whatever_the_blocks_and_threads) {
  const std::string log = log_writer(1).log(600);
  const std::vector<seen_line> lines = see_all(log);
  fake_files files;
  files.files["log"] = {.content = log};
  const std::atomic<bool> stop{false};
  par::thread_pool one(1);
  par::thread_pool three(3);
  for (const filter_case& c : all_cases()) {
    const auto groups = count_slowly(lines, c.wanted);
    EXPECT_FALSE(groups.empty());
    count_options options{.top = 3, .filter = c.filter};
    options.reading.clients.hosts = client_rules::host_names::separate;
    for (const std::size_t block_size : {50, 3000, 1 << 20}) {
      SCOPED_TRACE(std::string(c.name) + ", blocks of " + std::to_string(block_size));
      options.block_size = block_size;
      count_progress progress;
      expect_rows(count(options, {"log"}, files, one, stop, progress), groups, 3);
      expect_rows(count(options, {"log"}, files, three, stop, progress), groups, 3);
    }
  }
}

// A line that says the same as the one before is passed over quickly, but not the filter.
TEST(count_with_filters, admits_no_repeated_line_after_one_that_it_does_not_admit) {
  const std::string line = "192.0.2.1 - - [30/Jan/2024:10:00:00 +0000] \"GET / HTTP/1.1\" 200 5\n";
  fake_files files;
  files.files["log"] = {.content = line + line + line};
  par::thread_pool on(1);
  const std::atomic<bool> stop{false};
  count_progress progress;
  const record_filter later{.since = at(20240131)};
  EXPECT_TRUE(count({.filter = later}, {"log"}, files, on, stop, progress).rows.empty());
  const record_filter earlier{.before = at(20240131)};
  EXPECT_EQ(count({.filter = earlier}, {"log"}, files, on, stop, progress).rows,
            (std::vector<report_row>{{"2024-01-30", 3, 1}}));
}

// Readers answer that a line repeats the one before, whatever their clients' texts point into.
TEST(count_with_filters, top_clients_have_their_repeated_lines) {
  const std::string line = "host.test - - [30/Jan/2024:10:00:00 +0000] \"GET / HTTP/1.1\" 200 5\n";
  const std::string json =
      R"({"ClientHost":"host.test","StartUTC":"2024-01-30T08:00:00Z","RequestMethod":"GET"})"
      "\n";
  for (const auto& format : json_formats()) {
    if (format->name() != "traefik_json") continue;
    tally counted;
    static_cast<void>(count_block(json + json + json, *format, {.top = 1}, 0, counted));
    EXPECT_EQ(top_clients(counted[20240130].counts, 9, {}),
              (std::vector<top_client>{{"host.test", 3}}));
  }
  tally counted;
  static_cast<void>(count_block(line + line + "192.0.2.1" + line.substr(9), *combined_format(),
                                {.top = 1}, 0, counted));
  EXPECT_EQ(top_clients(counted[20240130].counts, 9, {}),
            (std::vector<top_client>{{"host.test", 2}, {"192.0.2.1", 1}}));
}

// What stands where hosts and top clients were not asked for.
TEST(count_with_filters, leaves_out_what_is_not_asked_for) {
  fake_files files;
  files.files["log"] = {.content =
                            "host - - [30/Jan/2024:10:00:00 +0000] x\n"
                            "192.0.2.1 - - [31/Jan/2024:10:00:00 +0000] x\n"};
  par::thread_pool on(1);
  const std::atomic<bool> stop{false};
  count_progress progress;
  const report plain = count({.with_total = true}, {"log"}, files, on, stop, progress);
  EXPECT_FALSE(plain.has_hosts || plain.has_top || plain.rows[0].hosts || plain.rows[0].top);
  count_options options{.with_total = true, .top = 1};
  options.reading.clients.hosts = client_rules::host_names::separate;
  const report full = count(options, {"log"}, files, on, stop, progress);
  EXPECT_TRUE(full.has_hosts && full.has_top);
  EXPECT_EQ(full.total->clients, 1u);
  EXPECT_EQ(full.total->hosts, 1u);
  EXPECT_FALSE(full.total->top.has_value());
}

}  // namespace
}  // namespace countips
