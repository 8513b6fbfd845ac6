#include "countips/formats/json_formats.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

#include "countips/counting/count_block.h"

namespace countips {
namespace {

std::shared_ptr<const log_format> format_named(std::string_view name) {
  const auto all = json_formats();
  const auto found =
      std::ranges::find_if(all, [name](const auto& each) { return each->name() == name; });
  return found == all.end() ? nullptr : *found;
}

struct line_case {
  const char* what;
  const char* format;
  std::string line;
  const char* client;  // Null: the line is no request.
  const char* day = "2024-06-09";
};

const std::string caddy_head = R"({"level":"info","ts":1717920000.25,"logger":"http.log.access.x",)"
                               R"("msg":"handled request","request":{)";

const line_case requests[] = {
    {"Caddy", "caddy", caddy_head + R"("remote_ip":"10.0.0.1","client_ip":"192.0.2.1"}})",
     "192.0.2.1"},
    {"Caddy before 2.7", "caddy", caddy_head + R"("remote_ip":"192.0.2.1"},"status":200})",
     "192.0.2.1"},
    {"Caddy 2.4", "caddy", caddy_head + R"("remote_addr":"[2001:db8::1]:5000"}})", "2001:db8::1"},
    {"Caddy, empty best field", "caddy", caddy_head + R"("client_ip":"","remote_ip":"192.0.2.1"}})",
     "192.0.2.1"},
    {"Caddy with texts for times", "caddy",
     R"({"ts":"2024-06-09T23:59:59.9-07:00","msg":"handled request","request":{"client_ip":"192.0.2.1"}})",
     "192.0.2.1"},
    {"Caddy, a request that no route handles", "caddy",
     R"({"ts":1717920000.25,"msg":"NOP","request":{"client_ip":"192.0.2.1"}})", "192.0.2.1"},
    {"Caddy with the time of a clock", "caddy",
     R"({"ts":"2024/06/09 14:16:03","msg":"handled request","request":{"client_ip":"192.0.2.1"}})",
     "192.0.2.1"},
    {"Caddy with milliseconds of a clock", "caddy",
     R"({"ts":"2024/06/09 14:16:03.123","msg":"handled request","request":{"client_ip":"192.0.2.1"}})",
     "192.0.2.1"},
    {"Traefik", "traefik_json",
     R"({"ClientAddr":"192.0.2.1:39496","ClientHost":"192.0.2.1","StartLocal":"2024-06-10T01:00:00+02:00",)"
     R"("StartUTC":"2024-06-09T23:00:00Z","level":"info","msg":"","time":"2024-06-10T01:00:00+02:00"})",
     "192.0.2.1"},
    {"Traefik without StartUTC", "traefik_json",
     R"({"ClientHost":"192.0.2.1","StartLocal":"2024-06-09T01:00:00+02:00","time":"2024-06-08T23:00:00Z"})",
     "192.0.2.1"},
    {"Traefik, the time of the line", "traefik_json",
     R"({"ClientAddr":"192.0.2.1:39496","time":"2024-06-09T01:00:00+02:00"})", "192.0.2.1"},
    {"GCP", "gcp",
     R"({"httpRequest":{"remoteIp":"192.0.2.1","status":200},"timestamp":"2024-06-09T08:00:00.123456789Z"})",
     "192.0.2.1"},
    {"GCP with a port", "gcp",
     R"({"httpRequest":{"remoteIp":"192.0.2.1:9989","status":404},"timestamp":"2024-06-09T08:00:00Z"})",
     "192.0.2.1"},
    {"Cloudflare, nanoseconds", "cloudflare",
     R"({"ClientIP":"2001:db8::1","EdgeStartTimestamp":1717920000100000000})", "2001:db8::1"},
    {"Cloudflare, seconds", "cloudflare",
     R"({"ClientIP":"192.0.2.1","EdgeStartTimestamp":1717920000})", "192.0.2.1"},
    {"Cloudflare, RFC 3339", "cloudflare",
     R"({"ClientIP":"192.0.2.1","EdgeEndTimestamp":"2024-06-10T00:00:01Z","EdgeStartTimestamp":"2024-06-09T23:59:59Z"})",
     "192.0.2.1"},
    {"Envoy", "envoy_json",
     R"({":authority":"a","downstream_remote_address":"192.0.2.1:59292","start_time":"2024-06-09T08:00:00.479Z",)"
     R"("upstream_cluster":null,"x-forwarded-for":"198.51.100.9"})",
     "192.0.2.1"},
    {"Envoy without a peer", "envoy_json",
     R"({"start_time":"2024-06-09T08:00:00Z","x_forwarded_for":"198.51.100.9,10.0.0.1"})",
     "198.51.100.9"},
    {"ECS", "ecs",
     R"({"@timestamp":"2024-06-09T08:00:00.000Z","source":{"ip":"192.0.2.1","port":1}})",
     "192.0.2.1"},
    {"ECS with points", "ecs",
     R"({"@timestamp":"2024-06-09T08:00:00.000Z","client.ip":"192.0.2.1"})", "192.0.2.1"},
    {"ECS with a list", "ecs",
     R"({"@timestamp":"2024-06-09T08:00:00Z","source":{"ip":["192.0.2.1","192.0.2.2"]}})",
     "192.0.2.1"},
    {"nginx", "nginx_json",
     R"({"time_iso8601":"2024-06-09T08:00:00+00:00","remote_addr":"192.0.2.1"})", "192.0.2.1"},
    {"nginx, time_local", "nginx_json",
     R"({"ip":"192.0.2.1","time_local":"09/Jun/2024:08:00:00 +0000"})", "192.0.2.1"},
    {"escaped slashes", "nginx_json",
     R"({"ip":"192.0.2.1","time_local":"09\/Jun\/2024:08:00:00 +0000"})", "192.0.2.1"},
    {"brackets", "nginx_json", R"({"ip":"192.0.2.1","time":"[09/Jun/2024:08:00:00 +0000]"})",
     "192.0.2.1"},
    {"msec", "nginx_json", R"({"clientip":"192.0.2.1","msec":"1717920000.322"})", "192.0.2.1"},
    {"msec as a number", "nginx_json", R"({"clientip":"192.0.2.1","msec":1717920000.322})",
     "192.0.2.1"},
    {"milliseconds", "nginx_json", R"({"clientip":"192.0.2.1","@timestamp":1717920000322})",
     "192.0.2.1"},
    {"only a list of proxies", "nginx_json",
     R"({"xff":"192.0.2.1, 10.0.0.1","@timestamp":"2024-06-09 08:00:00"})", "192.0.2.1"},
    {"blanks", "nginx_json", " \t{ \"ip\" : \"192.0.2.1\" ,\t\"msec\" : 1717920000.322 } \r",
     "192.0.2.1"},
    {"nginx's own escapes", "nginx_json",
     R"({"msec":1717920000.322,"request":"\x16\x03\x22\x5C","user":"\xE9","remote_addr":"192.0.2.1"})",
     "192.0.2.1"},
    {"bad UTF-8", "nginx_json",
     "{\"msec\":1717920000.322,\"ua\":\"\xff\xc0\",\"ip\":\"192.0.2.1\"}", "192.0.2.1"},
    {"control characters", "nginx_json",
     "{\"msec\":1717920000.322,\"ua\":\"\x01\t\",\"ip\":\"192.0.2.1\"}", "192.0.2.1"},
    {"NUL", "nginx_json",
     std::string("{\"msec\":1717920000.322,\"u\":\"\0\",\"ip\":\"192.0.2.1\"}", 48), "192.0.2.1"},
    {"bad UTF-8 in a name", "nginx_json", "{\"msec\":1717920000.322,\"ip\":\"h\xff.example\"}",
     "h\xff.example"},
    {"torn behind what counts", "nginx_json",
     R"({"remote_addr":"192.0.2.1","time_iso8601":"2024-06-09T08:00:00Z","agent":"Mozi)",
     "192.0.2.1"},
    {"string that never ends", "caddy", caddy_head + R"("client_ip":"192.0.2.1","uri":"/a\"})",
     "192.0.2.1"},
    {"escaped quote outside strings", "nginx_json",
     R"({"remote_addr":"192.0.2.1","time_iso8601":"2024-06-09T08:00:00Z",x\":["a\"b","c)",
     "192.0.2.1"},
    {"something behind", "nginx_json", R"({"ip":"192.0.2.1","msec":"1717920000.322"} x})",
     "192.0.2.1"},
    {"the first of two", "nginx_json", R"({"ip":"192.0.2.1","ip":"192.0.2.2","msec":"1717920000"})",
     "192.0.2.1"},
    {"keys of other objects", "nginx_json",
     R"({"x":{"ip":"192.0.2.9"},"ip":"192.0.2.1","msec":"1717920000"})", "192.0.2.1"},
    {"escaped client", "nginx_json", R"({"ip":"192.0.2.1\u002c 10.0.0.1","msec":"1717920000"})",
     "192.0.2.1"},
    {"byte order mark", "nginx_json", "\xef\xbb\xbf{\"ip\":\"192.0.2.1\",\"msec\":\"1717920000\"}",
     "192.0.2.1"},
    {"best field last", "nginx_json",
     R"({"ip":"10.0.0.1","msec":"1717920000","remote_addr":"192.0.2.1"})", "192.0.2.1"},
};

struct other_case {
  const char* what;
  const char* format;
  std::string line;
  line_kind kind;
  reject_reason why = reject_reason::none;
};

using enum line_kind;
using enum reject_reason;

const other_case others[] = {
    {"start-up", "caddy", R"({"level":"info","ts":1717920000.25,"msg":"using config from file"})",
     other},
    {"error of a handler", "caddy",
     R"({"level":"error","ts":1717920000.2,"logger":"http.log.error","msg":"dial","request":{"client_ip":"192.0.2.1"}})",
     other},
    {"message", "traefik_json",
     R"({"level":"info","msg":"Starting","time":"2024-06-09T08:00:00Z"})", other},
    {"message", "gcp",
     R"({"severity":"INFO","textPayload":"up","timestamp":"2024-06-09T08:00:00Z"})", other},
    {"message", "nginx_json", R"({"level":"info","message":"up","time":"2024-06-09T08:00:00Z"})",
     other},
    {"message without a time", "nginx_json", R"({"level":"info","message":"up"})", rejected, shape},
    {"message without a valid time", "nginx_json", R"({"level":"info","time":"soon"})", rejected,
     no_client},
    {"request without a client", "nginx_json",
     R"({"level":"info","msec":"1717920000","status":200})", rejected, no_client},
    {"neither client nor message", "nginx_json", R"({"msec":"1717920000"})", rejected, no_client},
    {"dash for a client", "nginx_json", R"({"ip":"-","msec":"1717920000"})", rejected, no_client},
    {"null for a client", "nginx_json", R"({"ip":null,"msec":"1717920000"})", rejected, no_client},
    {"no client's name", "nginx_json", R"({"ip":"a b","msec":"1717920000"})", rejected, no_client},
    {"no time", "nginx_json", R"({"ip":"192.0.2.1"})", rejected, no_time},
    {"no such time", "nginx_json", R"({"ip":"192.0.2.1","time":"2024-06-31T08:00:00Z"})", rejected,
     no_time},
    {"a number that is no time", "nginx_json", R"({"ip":"192.0.2.1","time":12})", rejected,
     no_time},
    {"torn before the client", "nginx_json", R"({"msec":"1717920000","status":200,"remote_a)",
     rejected, shape},
    {"torn in the client", "caddy", caddy_head + R"("remote_ip":"10.0.0.1","client_ip":"192.0.2.)",
     rejected, shape},
    {"torn in the time", "nginx_json", R"({"remote_addr":"192.0.2.1","time_iso8601":17179)",
     rejected, shape},
    {"a better field may have followed", "nginx_json", R"({"ip":"192.0.2.1","msec":"1717920000")",
     rejected, shape},
    {"colon missing", "nginx_json", R"({"ip" "192.0.2.1","msec":"1717920000"})", rejected, shape},
    {"comma missing", "nginx_json", R"({"ip":"192.0.2.1" "msec":"1717920000"})", rejected, shape},
    {"value missing", "nginx_json", R"({"ip":,"msec":"1717920000"})", rejected, no_client},
    {"array", "nginx_json", R"([{"ip":"192.0.2.1","msec":"1717920000"}])", rejected, shape},
    {"empty object", "nginx_json", "{}", rejected, shape},
    {"brace", "nginx_json", "{", rejected, shape},
    {"text", "nginx_json", R"(192.0.2.1 - - [09/Jun/2024:08:00:00 +0000] "GET /{} HTTP/1.1")",
     rejected, shape},
    {"blank", "nginx_json", " \t\r", blank},
    {"empty", "nginx_json", "", blank},
    {"status of a server", "nginx_json",
     R"({"version":6,"address":"192.0.2.1","timestamp":1717920000800})", rejected, no_client},
};

// Without a status the document would be no request, unless its message says that it is one.
std::string with_status(const line_case& c) {
  const std::map<std::string, std::string> keys = {{"traefik_json", "DownstreamStatus"},
                                                   {"cloudflare", "EdgeResponseStatus"},
                                                   {"envoy_json", "response_code"},
                                                   {"ecs", "http.response.status_code"},
                                                   {"nginx_json", "status"}};
  const auto key = keys.find(c.format);
  std::string line = c.line;
  if (key != keys.end()) line.insert(line.find('{') + 1, '"' + key->second + "\":200,");
  return line;
}

line_counts count_line(const line_case& c, tally& into, const count_options& options = {}) {
  return count_block(with_status(c) + "\n", *format_named(c.format), options, 0, into);
}

client client_named(std::string_view text) {
  return address_client(text).value_or(client(text));
}

TEST(json_formats, read_requests) {
  for (const line_case& c : requests) {
    SCOPED_TRACE(c.what);
    tally counted;
    EXPECT_EQ(count_line(c, counted).accepted, 1u);
    ASSERT_EQ(counted.size(), 1u);
    EXPECT_EQ(day::from_number(counted.begin()->first).text(), c.day);
    client_set both = std::move(counted.begin()->second.clients);
    both.insert(client_named(c.client));
    EXPECT_EQ(both.size(), 1u);
  }
}

TEST(json_formats, tell_other_records_from_rejected_lines) {
  for (const other_case& c : others) {
    SCOPED_TRACE(std::string(c.format) + ": " + c.what);
    tally counted;
    const line_counts counts = count_block(c.line + "\n", *format_named(c.format), {}, 0, counted);
    EXPECT_EQ(counts.accepted, 0u);
    EXPECT_EQ(counts.other, c.kind == other ? 1u : 0u);
    EXPECT_EQ(counts.blank, c.kind == blank ? 1u : 0u);
    EXPECT_EQ(counts.rejected, c.kind == rejected ? 1u : 0u);
    EXPECT_EQ(counts.first_reason, c.why);
  }
}

// A document belongs to one format, or to a more general one behind it in the list.
TEST(json_formats, do_not_claim_documents_of_more_special_ones) {
  for (const line_case& c : requests) {
    for (const auto& each : json_formats()) {
      SCOPED_TRACE(std::string(c.what) + " as " + each->name());
      if (each->name() == c.format) break;
      tally counted;
      EXPECT_EQ(count_block(with_status(c) + "\n", *each, {}, 0, counted).accepted, 0u);
    }
  }
}

TEST(json_formats, take_the_forwarded_client_if_asked) {
  count_options options;
  options.reading.forwarded = true;
  const line_case cases[] = {
      {"given", "nginx_json", R"({"remote_addr":"10.0.0.1","msec":"1717920000","xff":"192.0.2.1"})",
       "192.0.2.1"},
      {"empty", "nginx_json", R"({"remote_addr":"192.0.2.1","msec":"1717920000","xff":"-"})",
       "192.0.2.1"},
      {"missing", "nginx_json", R"({"remote_addr":"192.0.2.1","msec":"1717920000"})", "192.0.2.1"},
      {"header", "caddy",
       caddy_head +
           R"("client_ip":"10.0.0.1","headers":{"A":["b"],"X-Forwarded-For":["192.0.2.1, 10.0.0.2"]}}})",
       "192.0.2.1"},
  };
  for (const line_case& c : cases) {
    SCOPED_TRACE(c.what);
    tally counted;
    ASSERT_EQ(count_line(c, counted, options).accepted, 1u);
    client_set both = std::move(counted.begin()->second.clients);
    both.insert(client_named(c.client));
    EXPECT_EQ(both.size(), 1u);
  }
}

}  // namespace
}  // namespace countips
