#include "countips/formats/uwsgi.h"

#include <gtest/gtest.h>

#include "cmd/countips/format_reading.h"

namespace countips {
namespace {

const read_rules all_rules = rules_for_all();
const std::string head = "[pid: 81|app: 0|req: 1/1] ";
const std::string vars = "{38 vars in 696 bytes} ";
const std::string time_field = "[Sun Jun  9 10:00:01 2024] ";
const std::string tail =
    "GET /a => generated 47 bytes in 129 msecs (HTTP/1.1 200) 9 headers in 378 bytes";

TEST(uwsgi_reader, reads_client_and_time) {
  struct line_case {
    const char* name;
    std::string line;
    line_kind kind;
    std::string who, status = "200", path = "/a";
  };
  const line_case cases[] = {
      {"plain", head + "192.0.2.1 () " + vars + time_field + tail, line_kind::request, "192.0.2.1"},
      {"user with brackets", head + "192.0.2.1 (a} [b) (c) " + vars + time_field + tail,
       line_kind::request, "192.0.2.1"},
      {"IPv6", head + "2001:DB8::1 () " + vars + time_field + tail, line_kind::request,
       "2001:db8::1"},
      {"list", head + "192.0.2.1, 10.0.0.1 () " + vars + time_field + tail, line_kind::request,
       "192.0.2.1"},
      {"arrow in the path",
       head + "192.0.2.1 () " + vars + time_field + "GET /a => generated 5 => generated 1 bytes",
       line_kind::request, "192.0.2.1", "", "/a => generated 5"},
      {"cut off", head + "192.0.2.1 () " + vars + time_field + "GET /a", line_kind::request,
       "192.0.2.1", ""},
      {"no client", head + " () " + vars + time_field + tail, line_kind::rejected, ""},
      {"no such day", head + "192.0.2.1 () " + vars + "[Sun Jun 31 10:00:01 2024] " + tail,
       line_kind::rejected, ""},
      {"no time", head + "192.0.2.1 () " + vars, line_kind::rejected, ""},
      {"start", "*** Starting uWSGI 2.0.20 (64bit) on [Sun Jun  9 09:00:00 2024] ***",
       line_kind::other, ""},
      {"worker", "spawned uWSGI worker 1 (pid: 81, cores: 1)", line_kind::other, ""},
      {"something else", "Traceback (most recent call last):", line_kind::rejected, ""},
      {"empty", "", line_kind::rejected, ""},
      {"only its beginning", "[pid: ", line_kind::rejected, ""},
  };
  for (const line_case& c : cases) {
    SCOPED_TRACE(c.name);
    uwsgi_reader reader(all_rules);
    const line_reading got = read_with(reader, c.line);
    EXPECT_EQ(got.kind, c.kind);
    if (c.kind != line_kind::request) continue;
    const line_reading want = {c.kind,   reject_reason::none,
                               c.who,    "2024-06-09",
                               36001,    "none",
                               c.status, "GET",
                               c.path,   "",
                               ""};
    EXPECT_EQ(got, want);
  }
}

}  // namespace
}  // namespace countips
