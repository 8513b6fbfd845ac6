// Filters, top clients and the choice of clients, as a user asks for them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "e2e/countips_runs.h"
#include "support/run.h"
#include "support/temp_dir.h"

namespace {

using support::run;
using support::run_result;
using ::testing::HasSubstr;

const std::string combined = SOURCE_DIR "/data/samples/combined.log";

TEST(countips_filters, choose_among_the_requests_of_a_log) {
  struct filter_case {
    std::vector<std::string> options;
    const char* rows;
  };
  const filter_case cases[] = {
      {{}, "2024-02-28\t3\t2\n2024-02-29\t3\t3\n2024-03-01\t1\t1\n"},
      {{"--since", "2024-02-29", "--until=2024-02"}, "2024-02-29\t3\t3\n"},
      {{"--since", "2024-02-29 09:00:01"}, "2024-02-29\t1\t1\n2024-03-01\t1\t1\n"},
      {{"--since=2024-02-29", "--tz=Asia/Tokyo"}, "2024-02-29\t6\t3\n2024-03-01\t1\t1\n"},
      {{"--status", "4xx"}, "2024-03-01\t1\t1\n"},
      {{"--status", "404", "--status", "500"}, "2024-03-01\t1\t1\n"},
      {{"--status=!4xx"}, "2024-02-28\t3\t2\n2024-02-29\t3\t3\n"},
      {{"--method", "POST"}, ""},
      {{"--path", "^/news$"}, "2024-02-29\t2\t2\n"},
      {{"--path", "^/news$", "--path", "[.]txt"}, "2024-02-29\t2\t2\n2024-03-01\t1\t1\n"},
      {{"--exclude-path=[.](css|txt)$", "--exclude-path=^/$"},
       "2024-02-28\t1\t1\n2024-02-29\t2\t2\n"},
      {{"--agent", "(?i)MOZILLA"}, "2024-02-28\t2\t1\n2024-02-29\t2\t2\n"},
      {{"--agent", R"(\\"quoted\\")"}, "2024-02-29\t1\t1\n"},
      {{"--exclude-agent=X11", "--exclude-agent=curl"}, "2024-02-29\t1\t1\n2024-03-01\t1\t1\n"},
      {{"--bots", "exclude"}, "2024-02-28\t2\t1\n2024-02-29\t2\t2\n"},
      {{"--bots=only"}, "2024-02-28\t1\t1\n2024-02-29\t1\t1\n2024-03-01\t1\t1\n"},
      {{"--bots=only", "--status=404", "--path=robots"}, "2024-03-01\t1\t1\n"},
  };
  for (const filter_case& c : cases) {
    std::vector<std::string> arguments = {"--format=tsv", "--no-header", combined};
    arguments.insert(arguments.end(), c.options.begin(), c.options.end());
    const run_result result = countips(arguments);
    EXPECT_EQ(result.out, c.rows) << &c - cases;
    EXPECT_EQ(result.err, "");
    EXPECT_EQ(result.status, 0);
  }
}

TEST(countips_filters, take_the_zone_from_the_environment) {
  struct zone_case {
    const char* variable;
    const char* rows;
  };
  const char* const in_utc = "2024-06-09\t1\t1\n";
  const char* const in_berlin = "2024-06-10\t1\t1\n";
  const zone_case cases[] = {
      {"TZ=Europe/Berlin", in_berlin},
      {"TZ=:Europe/Berlin", in_berlin},
      {"TZ=/usr/share/zoneinfo/Europe/Berlin", in_berlin},
      {"TZ=UTC0", in_utc},
      {"TZ=", in_utc},
      {"TZ=:", in_utc},
  };
  const std::string line = "192.0.2.1 - - [09/Jun/2024:22:30:00 +0000] x\n";
  for (const zone_case& c : cases) {
    const run_result result =
        count_rows({"--tz=local"}, {.input = line, .environment = {c.variable}});
    EXPECT_EQ(result.out, c.rows) << c.variable;
    EXPECT_EQ(result.status, 0);
  }
  const run_result rule =
      count_rows({"--tz=local"}, {.input = line, .environment = {"TZ=CET-1CEST"}});
  EXPECT_THAT(rule.err, HasSubstr("TZ holds a rule, 'CET-1CEST'"));
  EXPECT_EQ(rule.status, 2);
  EXPECT_EQ(count_rows({"--tz=local"}, {.input = line, .environment = {"TZ=:/etc/localtime"}}).out,
            count_rows({"--tz=local"}, {.input = line, .environment = {"TZ"}}).out);
}

// The same moment, as two servers write it.
TEST(countips_filters, leave_leap_seconds_in_their_minute) {
  const std::string log =
      "192.0.2.1 - - [31/Dec/2016:23:59:60 +0000] x\n192.0.2.1 - - [01/Jan/2017:00:59:60 +0100] "
      "x\n";
  EXPECT_EQ(count_rows({"--tz=utc", "--by=hour"}, {.input = log}).out, "2016-12-31 23:00\t2\t1\n");
  EXPECT_EQ(count_rows({"--by=hour"}, {.input = log}).out,
            "2016-12-31 23:00\t1\t1\n2017-01-01 00:00\t1\t1\n");
  EXPECT_EQ(count_rows({"--tz=utc", "--since=2017"}, {.input = log}).out, "");
}

TEST(countips_filters, find_hosts_by_the_names_that_are_printed) {
  const std::string log =
      "WWW.Example.com.:443 192.0.2.1 - - [09/Jun/2024:10:00:00 +0200] \"GET / HTTP/1.1\" 200 5\n"
      "www.example.com:80 192.0.2.2 - - [09/Jun/2024:10:00:01 +0200] \"GET / HTTP/1.1\" 200 5\n";
  for (const char* by : {"--by=host", "--by=vhost"}) {
    EXPECT_EQ(count_rows({by}, {.input = log}).out, "www.example.com\t2\t2\n");
  }
  EXPECT_EQ(count_rows({"--host=^www[.]example[.]com$"}, {.input = log}).out, "2024-06-09\t2\t2\n");
}

TEST(countips_filters, say_what_is_wrong_with_them) {
  struct wrong_case {
    std::vector<std::string> options;
    const char* message;
  };
  const wrong_case cases[] = {
      {{"--path", "("}, "countips: invalid value '(' for '--path': missing ): ("},
      {{"--exclude-agent", "a**"}, "for '--exclude-agent': bad repetition operator: **"},
      {{"--status", "ok"}, "for '--status': must be statuses such as 404,5xx"},
      {{"--since", "today"}, "for '--since': must be a date such as 2024-06-09"},
      {{"--bots", "none"}, "'--bots'"},
      {{"--since=2024", "--since=2025"}, "'2025' for '--since': is given twice"},
      {{"--until=2024", "--until=2025"}, "'2025' for '--until': is given twice"},
      {{"--client=trusted="}, "for '--client': a network such as 10.0.0.0/8 is missing"},
      {{"--top", "0"}, "for '--top': must be at least 1"},
      {{"--since=2024-06", "--until=2024-05"}, "--until must not be before --since"},
  };
  for (const wrong_case& c : cases) {
    std::vector<std::string> arguments = c.options;
    arguments.push_back(combined);
    const run_result result = countips(arguments);
    EXPECT_THAT(result.err, HasSubstr(c.message));
    EXPECT_EQ(result.out, "");
    EXPECT_EQ(result.status, 2);
  }
}

TEST(countips_filters, name_the_busiest_clients) {
  EXPECT_EQ(countips({"--top=1", "--format=csv", combined}).out,
            "day,rank,client,requests\n2024-02-28,1,198.51.100.7,2\n2024-02-29,1,198.51.100.7,1\n"
            "2024-03-01,1,198.51.100.9,1\n");
  EXPECT_EQ(
      countips({"--top=2", "--by=total", "--prefix=24,64", "--format=tsv", "--no-header", combined})
          .out,
      "total\t1\t198.51.100.0/24\t6\ntotal\t2\t2001:db8:5::/64\t1\n");
  EXPECT_THAT(countips({"--top=2", "--by=total", "--format=json", combined}).out,
              HasSubstr(R"("clients": 4, "top": [{"client": "198.51.100.7", "requests": 3}, )"
                        R"({"client": "198.51.100.8", "requests": 2}]})"));
}

TEST(countips_filters, count_names_apart_if_asked) {
  const support::temp_dir directory;
  const std::string log = directory.path() / "log";
  std::ofstream(log) << "host.example.net - - [09/Jun/2024:10:00:00 +0200] x\n"
                        "192.0.2.1 - - [09/Jun/2024:10:00:00 +0200] x\n"
                        "192.0.2.2 - - [09/Jun/2024:10:00:00 +0200] x\n";
  EXPECT_EQ(countips({"--hosts=separate", "--format=tsv", log}).out,
            "day\trequests\tclients\thosts\n2024-06-09\t3\t2\t1\n");
  EXPECT_EQ(countips({"--hosts=count", "--format=tsv", "--no-header", log}).out,
            "2024-06-09\t3\t3\n");
  EXPECT_EQ(countips({"--hosts=reject", "--format=tsv", "--no-header", log}).out,
            "2024-06-09\t2\t2\n");
}

}  // namespace
