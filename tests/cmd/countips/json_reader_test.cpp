#include "countips/formats/json_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "client_text.h"

namespace countips {
namespace {

const json_description simple{.name = "simple",
                              .client = {"client/ip", "ip", "xff"},
                              .forwarded = {"xff"},
                              .time = {"time", "ts"},
                              .marker = "kind",
                              .marker_values = {"access"},
                              .status = {"status"},
                              .method = {"method"},
                              .path = {"uri"},
                              .request = {"request"},
                              .agent = {"headers/User-Agent", "agent"},
                              .host = {"host"},
                              .message = {"msg"}};
const read_rules plain;

read_rules everything() {
  read_rules rules;
  rules.wanted = {.clock = true, .status = true, .request = true, .agent = true, .host = true};
  return rules;
}

TEST(json_reader, gives_what_is_wanted_besides) {
  struct wanted_case {
    const char* fields;
    const char *method, *path, *status, *agent, *host;
  };
  const wanted_case cases[] = {
      {R"("method":"GET","uri":"/a?b","status":200,"agent":"curl","host":"h")", "GET", "/a?b",
       "200", "curl", "h"},
      {R"("status":"404","request":"GET /x HTTP/1.1")", "GET", "/x", "404", "", ""},
      {R"("request":"GET /x HTTP/1.1","method":"PUT")", "PUT", "/x", "", "", ""},
      {R"("uri":"https://example.com/a?b=c://d")", "", "/a?b=c://d", "", "", "example.com"},
      {R"("uri":"https://example.com?b")", "", "?b", "", "", "example.com"},
      {R"("uri":"/go?to=https://example.org/","host":"h")", "", "/go?to=https://example.org/", "",
       "", "h"},
      {R"("agent":"a","headers":{"Accept":["x"],"User-Agent":["b \"c\"","d"]})", "", "", "",
       "b \"c\"", ""},
      {R"("uri":"/a\u0026b","agent":"\x22q\x22","status":null)", "", "/a&b", "", "\"q\"", ""},
      {R"("uri":{"no":"text"},"agent":[],"status":true)", "", "", "", "", ""},
      {R"("uri":"/torn)", "", "", "", "", ""},
  };
  const read_rules rules = everything();
  json_reader reader(simple, rules);
  for (const wanted_case& c : cases) {
    SCOPED_TRACE(c.fields);
    const std::string line =
        R"({"kind":"access","client":{"ip":"192.0.2.1"},"time":"2024-06-09T10:02:03-01:30",)" +
        std::string(c.fields) + "}";
    ASSERT_EQ(reader.read(line), line_kind::request);
    const record& last = reader.last();
    EXPECT_EQ(last.time, (timestamp{*day::make(2024, 6, 9), 36123, -5400, true}));
    EXPECT_EQ(last.method, c.method);
    EXPECT_EQ(last.path, c.path);
    EXPECT_EQ(last.status, c.status);
    EXPECT_EQ(last.agent, c.agent);
    EXPECT_EQ(last.host, c.host);
  }
}

TEST(json_reader, tells_when_client_and_day_repeat) {
  json_reader reader(simple, plain);
  const auto line = [](const std::string& ip, const std::string& time) {
    return R"({"kind":"access","client":{"ip":")" + ip + R"("},"time":")" + time + "\"}";
  };
  EXPECT_EQ(reader.read(line("192.0.2.1", "2024-06-09T10:00:00Z")), line_kind::request);
  EXPECT_EQ(reader.read(line("192.0.2.1", "2024-06-09T10:00:01Z")), line_kind::repeated);
  EXPECT_EQ(reader.read(line("192.0.2.1", "2024-06-10T10:00:01Z")), line_kind::request);
  EXPECT_EQ(reader.read(line("192.0.2.2", "2024-06-10T10:00:01Z")), line_kind::request);
  EXPECT_EQ(reader.read(line("192.0.2.9", "2024-06-31T10:00:01Z")), line_kind::rejected);
  EXPECT_EQ(reader.why(), reject_reason::no_time);
  EXPECT_EQ(reader.read(line("-", "2024-06-11T10:00:01Z")), line_kind::rejected);
  EXPECT_EQ(reader.read(line("192.0.2.2", "2024-06-10T10:00:02Z")), line_kind::repeated);
  EXPECT_EQ(reader.read(line("192.0.2.2", "2024-06-11T10:00:01Z")), line_kind::request);
  EXPECT_EQ(reader.read(R"({"kind":"error","ip":"192.0.2.2"})"), line_kind::other);
}

// Broken where only the agent is: the line counts, as it does for those who do not want that.
TEST(json_reader, reads_a_line_without_what_is_broken_in_it) {
  const read_rules rules = everything();
  const std::string line =
      R"({"kind":"access","headers":{"User-Agent":["x"] "y"},"ip":"192.0.2.1","ts":1717920000})";
  for (const read_rules* each : {&plain, &rules}) {
    json_reader reader(simple, *each);
    ASSERT_EQ(reader.read(line), line_kind::request);
    EXPECT_EQ(reader.last().who, address_client("192.0.2.1"));
  }
}

TEST(json_reader, tells_requests_from_what_else_has_a_client_and_a_time) {
  struct told_case {
    const char* fields;
    line_kind kind;
  };
  using enum line_kind;
  const told_case cases[] = {
      {R"("status":200)", request},
      {R"("status":"404")", request},
      {R"("status":"ok")", other},
      {R"("status":5)", other},
      {R"("status":-1)", other},
      {R"("status":1234)", other},
      {R"("method":"GET")", request},
      {R"("method":"M-SEARCH")", request},
      {R"("method":"select")", other},
      {R"("method":"Pop3")", other},
      {R"("uri":"/a")", request},
      {R"("uri":"\/a")", request},
      {R"("uri":"https://example.com")", request},
      {R"("uri":"main.c:12")", other},
      {R"("file":"/etc/passwd")", other},
      {R"("request":"GET /a HTTP/1.1")", request},
      {R"("request":"OPTIONS * HTTP/1.1")", request},
      {R"("request":"CONNECT example.com:443")", request},
      {R"("request":"job 5")", other},
      {R"("request":"JOB five")", other},
      {R"("request":"job 5","status":"400")", request},
      {R"("agent":"x","host":"y")", other},
      {R"("msg":"signed in")", other},
      {R"("msg":"signed in)", request},  // Torn: there may have been more.
  };
  json_description format = simple;
  format.marker.clear();
  format.path = {"uri", "file"};
  format.vague = {"file"};
  json_description given = format;
  given.is_given = true;
  const read_rules rules = everything();
  for (const told_case& c : cases) {
    SCOPED_TRACE(c.fields);
    const std::string line = R"({"client":{"ip":"192.0.2.1"},"time":"2024-06-09T10:02:03Z",)" +
                             std::string(c.fields) + "}";
    EXPECT_EQ(json_reader(format, plain).read(line), c.kind);
    EXPECT_EQ(json_reader(format, rules).read(line), c.kind);
    EXPECT_EQ(json_reader(given, plain).read(line), request);
  }
}

// The last of a name's texts must not be lost with its line.
// The stack does not grow with them.
TEST(json_reader, steps_over_arrays_of_any_depth) {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  json_description format;
  format.client = {"who"};
  format.time = {"when"};
  const read_rules rules;
  json_reader reader(format, rules);
  EXPECT_EQ(reader.read("{\"who\":" + deep + ",\"when\":1717920000}"), line_kind::rejected);
  EXPECT_EQ(reader.read("{\"when\":1717920000,\"x\":" + deep + ",\"who\":[\"192.0.2.1\"]}"),
            line_kind::request);
}

TEST(json_reader, keeps_the_name_of_a_client) {
  const read_rules rules = everything();
  json_reader reader(simple, rules);
  for (int i = 0; i < 3; ++i) {
    const std::string line =
        R"({"kind":"access","client":{"ip":"host\u002eexample"},"time":171792000)" +
        std::to_string(i) + "}";
    ASSERT_EQ(reader.read(std::string(line)), line_kind::request);
    EXPECT_EQ(reader.last().who, client("host.example"));
  }
}

// Makes documents of which it knows what a reader must find in them.
class document_maker {
 public:
  explicit document_maker(std::uint64_t seed) : random_(seed) {}

  struct made {
    std::string line;
    std::string client;  // Empty: there is none.
    int of_month = 0;    // 0: there is no time.
    bool is_access = true;
    bool is_told = false;  // From records of something else.
  };

  made make() {
    made one;
    std::vector<std::string> fields;
    const std::string best = any_client(), second = any_client(), third = any_client();
    if (likely()) fields.push_back(R"("client":{)" + noise() + "\"ip\":\"" + best + "\"}");
    one.client = fields.empty() ? "" : best;
    if (chance(3)) {
      fields.push_back("\"ip\":\"" + second + "\"");
      if (one.client.empty()) one.client = second;
    }
    if (chance(5)) {
      fields.push_back("\"xff\":\"" + third + ", 10.0.0.1\"");
      if (one.client.empty()) one.client = third;
    }
    add_time(one, fields);
    if (likely()) {
      one.is_access = !chance(6);
      fields.push_back(one.is_access ? R"("kind":"access")" : R"("kind":"start")");
      one.is_told = true;
    }
    if (chance(3)) {
      const bool is_one = chance(2);
      fields.push_back(is_one ? R"("status":404)" : R"("method":"select")");
      one.is_told = one.is_told || is_one;
    }
    std::shuffle(fields.begin(), fields.end(), random_);
    one.line = "{" + noise();
    for (const std::string& field : fields) one.line += field + "," + noise();
    one.line += R"("end":0})";
    return one;
  }

  std::string damaged(std::string line) {
    const std::size_t at = below(line.size());
    switch (below(4)) {
      case 0:
        return line.substr(0, at);
      case 1:
        line[at] = static_cast<char>(below(256));
        return line;
      case 2:
        return line.erase(at, 1 + below(3));
      default:
        constexpr std::string_view syntax = "\"\\{}[]:,\t\xff-";
        return line.insert(at, 1, syntax[below(syntax.size())]);
    }
  }

 private:
  std::size_t below(std::size_t limit) { return random_() % limit; }
  bool chance(std::size_t in) { return below(in) == 0; }
  bool likely() { return !chance(8); }

  std::string any_client() { return "192.0.2." + std::to_string(below(6)); }

  void add_time(made& one, std::vector<std::string>& fields) {
    if (!likely()) return;
    one.of_month = 8 + static_cast<int>(below(3));
    const std::string day = std::to_string(100 + one.of_month).substr(1);
    switch (below(3)) {
      case 0:
        return fields.push_back("\"time\":\"2024-06-" + day + "T10:00:00+02:00\"");
      case 1:
        return fields.push_back("\"ts\" : \"" + day + "/Jun/2024:10:00:00 +0200\"");
      default:
        return fields.push_back(
            "\"ts\":" + std::to_string(1717833600 + (one.of_month - 8) * 86400) + ".25");
    }
  }

  // Fields that mean nothing, each with a comma behind it.
  std::string noise() {
    static constexpr const char* all[] = {
        "",
        "",
        "",
        R"("a":"b",)",
        R"("n":12, )",
        R"("deep":{"client":{"ip":"10.9.9.9"},"x":[{"ip":"10.8.8.8"}]},)",
        R"("q":"a\"b,\"ip\":\"10.7.7.7\"",)",
        R"("e":"\\",)",
        R"("bytes":")"
        "\xff\x01"
        R"(",)",
        R"("x":"\x22",)",
        R"("null":null,"t":true,"list":[1,"2",[3]],)",
        R"("brackets":"}{][",)"};
    return all[below(std::size(all))];
  }

  std::mt19937_64 random_;
};

TEST(json_reader, finds_what_was_put_into_documents) {
  document_maker maker(1);
  json_reader reader(simple, plain);
  std::size_t requests = 0;
  for (int i = 0; i < 20000; ++i) {
    const auto made = maker.make();
    SCOPED_TRACE(made.line);
    const line_kind kind = reader.read(made.line);
    const bool is_whole = made.is_access && !made.client.empty() && made.of_month != 0;
    const bool is_request = is_whole && made.is_told;
    ASSERT_EQ(kind == line_kind::request || kind == line_kind::repeated, is_request);
    ASSERT_EQ(kind == line_kind::other, !made.is_access || (is_whole && !made.is_told));
    if (!is_request) continue;
    ++requests;
    EXPECT_EQ(reader.last().who, address_client(made.client));
    EXPECT_EQ(reader.last().time.date, day::make(2024, 6, static_cast<unsigned>(made.of_month)));
  }
  EXPECT_GT(requests, 10000u);
}

// As nginx writes them with variables that have no quotes in its template.
TEST(json_reader, reads_behind_values_that_are_none) {
  const read_rules rules = everything();
  json_reader wanting(simple, rules);
  json_reader bare(simple, plain);
  const std::string who = R"("kind":"access","client":{"ip":"192.0.2.1"})";
  const std::string what = R"("status":404,"method":"GET","uri":"/a","agent":"curl","host":"h")";
  const std::string when = R"("time":"2024-06-09T10:02:03Z")";
  for (const std::string took : {R"("took":0.003)", R"("took":)", R"("took": )", R"("took":-)",
                                 R"("took":0.1, 0.2)", R"("took":0.1 : 0.2, -)"}) {
    for (const std::string& line : {"{" + took + "," + who + "," + when + "," + what + "}",
                                    "{" + who + "," + took + "," + when + "," + what + "}",
                                    "{" + who + "," + when + "," + what + "," + took + "}"}) {
      SCOPED_TRACE(line);
      EXPECT_NE(bare.read(line), line_kind::rejected);
      EXPECT_EQ(text_of(bare.last().who), "192.0.2.1");
      ASSERT_EQ(wanting.read(line), line_kind::request);
      EXPECT_EQ(wanting.last().time.second, 36123U);
      EXPECT_EQ(wanting.last().status, "404");
      EXPECT_EQ(wanting.last().method, "GET");
      EXPECT_EQ(wanting.last().path, "/a");
      EXPECT_EQ(wanting.last().agent, "curl");
      EXPECT_EQ(wanting.last().host, "h");
    }
  }
}

struct reading {
  bool is_request = false;
  bool is_other = false;
  client who = {};
  day date = {};

  friend bool operator==(const reading&, const reading&) = default;
};

reading read_with(json_reader& reader, const std::string& line) {
  const line_kind kind = reader.read(line);
  if (kind == line_kind::other) return {.is_other = true};
  if (kind == line_kind::rejected) return {};
  return {true, false, reader.last().who, reader.last().time.date};
}

// What is remembered of earlier lines, and what else is wanted, change nothing.
TEST(json_reader, reads_each_line_the_same_after_any_other) {
  document_maker maker(2);
  const read_rules all = everything();
  json_reader remembering(simple, plain);
  json_reader greedy(simple, all);
  std::vector<std::string> templates;
  for (int i = 0; i < 12; ++i) templates.push_back(maker.make().line);
  for (int i = 0; i < 20000; ++i) {
    std::string line = templates[static_cast<std::size_t>(i) % templates.size()];
    if (i % 3 != 0) line = maker.damaged(line);
    SCOPED_TRACE(line);
    json_reader fresh(simple, plain);
    const reading want = read_with(fresh, line);
    EXPECT_EQ(read_with(remembering, line), want);
    EXPECT_EQ(read_with(greedy, line), want);
  }
}

}  // namespace
}  // namespace countips
