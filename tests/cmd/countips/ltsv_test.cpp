#include "countips/formats/ltsv.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <sstream>

#include "cmd/countips/format_reading.h"

namespace countips {
namespace {

const read_rules all_rules = rules_for_all();
const std::string when = "time:[09/Jun/2024:10:00:01 +0200]";

line_reading read_ltsv(std::string_view line, const read_rules& rules = all_rules) {
  ltsv_reader reader(rules);
  return read_with(reader, line);
}

TEST(ltsv_reader, reads_labels_in_any_order) {
  const line_reading want = {line_kind::request,
                             reject_reason::none,
                             "192.0.2.1",
                             "2024-06-09",
                             36001,
                             "7200",
                             "200",
                             "GET",
                             "/a:b",
                             "x y",
                             "h"};
  EXPECT_EQ(
      read_ltsv(when + "\thost:192.0.2.1\treq:GET /a:b HTTP/1.1\tstatus:200\tua:x y\tvhost:h"),
      want);
  EXPECT_EQ(read_ltsv("ua:x y\tvhost:h\tstatus:200\tmethod:GET\turi:/a:b\thost:192.0.2.1\t" + when),
            want);
  EXPECT_EQ(read_ltsv("host:h\tuser_agent:x y\t" + when +
                      "\tstatus:200\trequest:GET /a:b HTTP/1.1\tremote_addr:192.0.2.1\r"),
            want);
}

TEST(ltsv_reader, reads_times_of_any_shape) {
  for (const char* time : {"2024-06-09T10:00:01+02:00", "09/Jun/2024:10:00:01 +0200"}) {
    SCOPED_TRACE(time);
    const line_reading got = read_ltsv("host:192.0.2.1\ttime:" + std::string(time));
    EXPECT_EQ(got.day, "2024-06-09");
    EXPECT_EQ(got.second, 36001u);
    EXPECT_EQ(got.offset, "7200");
  }
  EXPECT_EQ(read_ltsv("msec:1717920001.5\thost:192.0.2.1").second, 28801u);
}

TEST(ltsv_reader, takes_the_forwarded_client_if_told_so) {
  const std::string line = when + "\thost:192.0.2.1\tforwardedfor:";
  read_rules rules;
  EXPECT_EQ(read_ltsv(line + "198.51.100.1", rules).who, "192.0.2.1");
  rules.forwarded = true;
  EXPECT_EQ(read_ltsv(line + "198.51.100.1, 10.0.0.1", rules).who, "198.51.100.1");
  EXPECT_EQ(read_ltsv(line + "-", rules).who, "192.0.2.1");
}

TEST(ltsv_reader, rejects_with_a_reason) {
  struct reject_case {
    std::string line;
    reject_reason why;
  };
  const reject_case cases[] = {
      {"", reject_reason::shape},
      {"host:192.0.2.1", reject_reason::shape},
      {"192.0.2.1 - - [09/Jun/2024:10:00:01 +0200] \"GET /\" 200 5", reject_reason::shape},
      {"time:tomorrow\thost:192.0.2.1", reject_reason::no_time},
      {when, reject_reason::no_client},
      {when + "\thost:-", reject_reason::no_client},
      {when + "\thost", reject_reason::no_client},
  };
  for (const reject_case& c : cases) {
    SCOPED_TRACE(c.line);
    EXPECT_EQ(read_ltsv(c.line).kind, line_kind::rejected);
    EXPECT_EQ(read_ltsv(c.line).why, c.why);
  }
}

TEST(ltsv_reader, tells_requests_from_messages) {
  const std::string line = when + "\thost:192.0.2.1\tlevel:info";
  for (const char* field :
       {"msg:signed in", "method:pop3", "status:ok", "req:job 5", "path:/etc"}) {
    EXPECT_EQ(read_ltsv(line + '\t' + field).kind, line_kind::other) << field;
  }
  for (const char* field : {"method:GET", "status:404", "req:GET / HTTP/1.1"}) {
    EXPECT_EQ(read_ltsv(line + '\t' + field).kind, line_kind::request) << field;
  }
  EXPECT_EQ(read_ltsv(when + "\thost:192.0.2.1\tmeth").kind, line_kind::request);  // Torn.
}

TEST(ltsv_reader, bounds_what_it_remembers) {
  std::string line = when;
  for (int i = 0; i < 5000; ++i) line += "\tlabel" + std::to_string(i) + ":x";
  line += "\thost:192.0.2.1";
  const read_rules plain;
  ltsv_reader reader(plain);
  EXPECT_EQ(reader.read(line), line_kind::request);
  EXPECT_EQ(reader.read(line), line_kind::repeated);
}

// The same with a map.
std::string slow_client(const std::string& line) {
  std::map<std::string, std::string> values;
  std::istringstream fields(line);
  for (std::string field; std::getline(fields, field, '\t');) {
    const std::size_t colon = field.find(':');
    const std::string value = colon == std::string::npos ? "" : field.substr(colon + 1);
    if (!value.empty() && value != "-") values.emplace(field.substr(0, colon), value);
  }
  if (!values.contains("time") || values["time"].size() < 20) return "";
  if (('\t' + line).find("\tremote_addr:") != std::string::npos) return values["remote_addr"];
  return values["host"];
}

TEST(ltsv_reader, agrees_with_a_map_whatever_line_came_before) {
  const std::string fields[] = {when,
                                when,
                                "host:192.0.2.1",
                                "host:host.example",
                                "host:-",
                                "status:20",
                                "remote_addr:192.0.2.3",
                                "time:bad",
                                "x",
                                "remote_addr:",
                                "",
                                ":",
                                "hostx:1",
                                "tim:2"};
  std::mt19937 random(9);
  const read_rules plain;
  ltsv_reader reader(plain);
  for (int i = 0; i < 20000; ++i) {
    std::string line = fields[random() % std::size(fields)];
    for (std::size_t n = random() % 6; n > 0; --n)
      line += '\t' + fields[random() % std::size(fields)];
    const line_reading got = read_with(reader, line);
    ASSERT_EQ(got.who, slow_client(line)) << line;
  }
}

}  // namespace
}  // namespace countips
