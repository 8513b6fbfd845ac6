#include "countips/formats/nginx_proxy_manager.h"

#include <gtest/gtest.h>

#include "cmd/countips/format_reading.h"

namespace countips {
namespace {

const read_rules all_rules = rules_for_all();
const std::string time_field = "[09/Jun/2024:10:00:01 +0200] ";
const std::string behind = " [Length 5] [Gzip -] [Sent-to web] \"curl/8.5\" \"-\"";

TEST(nginx_proxy_manager_reader, reads_client_and_time) {
  struct line_case {
    const char* name;
    std::string line;
    line_kind kind;
    std::string who, status = "200", path = "/a", agent = "curl/8.5";
  };
  const std::string get = "GET https example.com \"/a\"";
  const line_case cases[] = {
      {"proxied", time_field + "- 502 200 - " + get + " [Client 192.0.2.1]" + behind,
       line_kind::request, "192.0.2.1"},
      {"answered itself", time_field + "444 - " + get + " [Client 192.0.2.1]" + behind,
       line_kind::request, "192.0.2.1", "444"},
      {"several servers", time_field + "MISS 502, 200 200 - " + get + " [Client ::1]" + behind,
       line_kind::request, "::1"},
      {"brackets in the path",
       time_field + "- 200 200 - GET https example.com \"/[Client x] [\" [Client 192.0.2.1]" +
           behind,
       line_kind::request, "192.0.2.1", "200", "/[Client x] ["},
      {"cut off", time_field + "- 200 200 - " + get + " [Client 192.0.2.1] [Le", line_kind::request,
       "192.0.2.1", "200", "/a", ""},
      {"no client", time_field + "- 200 200 - " + get + " [Client -]" + behind, line_kind::rejected,
       ""},
      {"no such hour",
       "[09/Jun/2024:24:00:01 +0200] - 200 200 - " + get + " [Client 192.0.2.1]" + behind,
       line_kind::rejected, ""},
      {"common log", "192.0.2.1 - - " + time_field + "\"GET / HTTP/1.1\" 200 5",
       line_kind::rejected, ""},
      {"error log", "2024/06/09 10:00:01 [error] 3#3: *3 x, client: 192.0.2.1", line_kind::rejected,
       ""},
      {"empty", "", line_kind::rejected, ""},
  };
  for (const line_case& c : cases) {
    SCOPED_TRACE(c.name);
    nginx_proxy_manager_reader reader(all_rules);
    const line_reading got = read_with(reader, c.line);
    EXPECT_EQ(got.kind, c.kind);
    if (c.kind != line_kind::request) continue;
    const line_reading want = {
        c.kind,  reject_reason::none, c.who, "2024-06-09", 36001, "7200", c.status, "GET", c.path,
        c.agent, "example.com"};
    EXPECT_EQ(got, want);
  }
}

}  // namespace
}  // namespace countips
