#include "countips/tallies/record_filter.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <vector>

namespace countips {
namespace {

TEST(status_set, takes_numbers_classes_ranges_and_all_others) {
  struct set_case {
    const char* text;
    const char* in;
    const char* out;
  };
  const set_case cases[] = {
      {"404", "404", "403"},      {"5xx", "503", "499"},      {"5XX", "500", "600"},
      {"200-299", "250", "300"},  {"404,5xx", "404", "405"},  {"404,5xx", "500", ""},
      {"!4xx", "200", "404"},     {"!200,304", "404", "304"}, {"000", "0", "-"},
      {"100-999", "999", "1000"},
  };
  for (const set_case& c : cases) {
    SCOPED_TRACE(c.text);
    const auto set = status_set::parse(c.text);
    ASSERT_TRUE(set.has_value());
    EXPECT_TRUE(set->contains(c.in));
    EXPECT_FALSE(set->contains(c.out));
  }
  for (const char* text :
       {"", "!", "4x", "xx", "404,", ",404", "300-200", "1000", "4-", "abc", "!!4xx"}) {
    EXPECT_FALSE(status_set::parse(text).has_value()) << text;
  }
}

TEST(status_set, merges_to_the_union) {
  status_set both = *status_set::parse("404");
  both.merge(*status_set::parse("5xx"));
  EXPECT_TRUE(both.contains("404"));
  EXPECT_TRUE(both.contains("503"));
  EXPECT_FALSE(both.contains("200"));
}

const local_time noon{day::from_number(20240609), 12 * 3600};

record request() {
  record made;
  made.status = "404";
  made.method = "GET";
  made.path = "/a?b";
  made.agent = "curl/8.5.0";
  made.host = "www.example.com";
  return made;
}

std::vector<regex_program> patterns(std::initializer_list<const char*> texts) {
  std::vector<regex_program> all;
  for (const char* text : texts) all.push_back(regex_program::compile(text).value());
  return all;
}

bool admits(const record_filter& filter, const record& what, const local_time& when) {
  return filter.admits_time(when) && filter.admits_request(what) && filter.admits_agent(what.agent);
}

TEST(record_filter, admits_all_if_nothing_is_asked) {
  const record_filter filter;
  EXPECT_TRUE(filter.is_empty());
  EXPECT_TRUE(admits(filter, record(), noon));
  wanted_fields wanted;
  filter.add_wanted({}, wanted);
  EXPECT_FALSE(wanted.any());
}

TEST(record_filter, admits_only_what_passes_every_test) {
  struct filter_case {
    record_filter filter;
    bool admitted;
  };
  const filter_case cases[] = {
      {{.since = noon}, true},
      {{.since = local_time{noon.date, noon.second + 1}}, false},
      {{.before = noon}, false},
      {{.before = local_time{noon.date, noon.second + 1}}, true},
      {{.statuses = status_set::parse("4xx")}, true},
      {{.statuses = status_set::parse("2xx")}, false},
      {{.methods = {"POST", "GET"}}, true},
      {{.methods = {"POST"}}, false},
      {{.methods = {"get"}}, false},
      {{.paths = {.wanted = patterns({"^/a"})}}, true},
      {{.paths = {.wanted = patterns({"^/x", "b$"})}}, true},
      {{.paths = {.wanted = patterns({"^/x"})}}, false},
      {{.paths = {.unwanted = patterns({"^/a"})}}, false},
      {{.agents = {.wanted = patterns({"^curl"})}}, true},
      {{.agents = {.wanted = patterns({"^wget"})}}, false},
      {{.agents = {.unwanted = patterns({"curl"})}}, false},
      {{.hosts = {.wanted = patterns({"^www[.]"})}}, true},
      {{.hosts = {.wanted = patterns({"^ftp[.]"})}}, false},
      {{.bots = bot_choice::only}, true},
      {{.bots = bot_choice::exclude}, false},
      {{.since = noon, .methods = {"POST"}}, false},
  };
  for (const filter_case& c : cases) {
    EXPECT_FALSE(c.filter.is_empty());
    EXPECT_EQ(admits(c.filter, request(), noon), c.admitted) << &c - cases;
    wanted_fields wanted;
    c.filter.add_wanted({}, wanted);
    EXPECT_TRUE(wanted.any());
  }
}

// As --by host prints them.
TEST(record_filter, compares_the_canonical_names_of_hosts) {
  record what = request();
  for (const char* host : {"example.com", "Example.COM", "example.com.", "example.com:8443"}) {
    what.host = host;
    EXPECT_TRUE(
        record_filter{.hosts = {.wanted = patterns({"^example[.]com$"})}}.admits_request(what))
        << host;
    EXPECT_FALSE(
        record_filter{.hosts = {.unwanted = patterns({"^example[.]com$"})}}.admits_request(what))
        << host;
  }
  for (const char* host : {"", "-", ".", ":80"}) {
    what.host = host;
    EXPECT_FALSE(record_filter{.hosts = {.wanted = patterns({""})}}.admits_request(what)) << host;
  }
}

// Logs write "-" where they have nothing to say.
TEST(record_filter, takes_a_dash_for_absent) {
  record what = request();
  what.path = what.agent = what.host = what.status = "-";
  EXPECT_FALSE((record_filter{.paths = {.wanted = patterns({"-"})}}.admits_request(what)));
  EXPECT_FALSE((record_filter{.hosts = {.wanted = patterns({"-"})}}.admits_request(what)));
  EXPECT_FALSE((record_filter{.agents = {.wanted = patterns({"-"})}}.admits_agent(what.agent)));
  EXPECT_TRUE((record_filter{.agents = {.unwanted = patterns({"-"})}}.admits_agent(what.agent)));
}

// A request of which nothing is known but its client and time.
TEST(record_filter, does_not_find_what_is_not_there) {
  struct filter_case {
    record_filter filter;
    bool admitted;
  };
  const filter_case cases[] = {
      {{.statuses = status_set::parse("0-999")}, false},
      {{.methods = {"GET"}}, false},
      {{.paths = {.wanted = patterns({".*"})}}, false},
      {{.paths = {.unwanted = patterns({".*"})}}, true},
      {{.agents = {.wanted = patterns({""})}}, false},
      {{.agents = {.unwanted = patterns({""})}}, true},
      {{.hosts = {.wanted = patterns({""})}}, false},
      {{.bots = bot_choice::only}, false},
      {{.bots = bot_choice::exclude}, true},
  };
  for (const filter_case& c : cases) {
    EXPECT_EQ(admits(c.filter, record(), noon), c.admitted) << &c - cases;
  }
}

// The second of a line does not matter where whole days of its own zone are asked for.
TEST(record_filter, wants_the_clock_only_if_the_answer_depends_on_it) {
  const local_time midnight{noon.date, 0};
  struct clock_case {
    record_filter filter;
    time_zone zone;
    bool wanted;
  };
  const clock_case cases[] = {
      {{.since = midnight, .before = midnight}, {}, false},
      {{.since = midnight}, {}, false},
      {{.since = midnight}, time_zone::utc(), true},
      {{.since = noon}, {}, true},
      {{.since = midnight, .before = noon}, {}, true},
      {{.methods = {"GET"}}, time_zone::utc(), false},
  };
  for (const clock_case& c : cases) {
    wanted_fields wanted;
    c.filter.add_wanted(c.zone, wanted);
    EXPECT_EQ(wanted.clock, c.wanted) << &c - cases;
  }
}

}  // namespace
}  // namespace countips
