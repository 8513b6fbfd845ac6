// Which field the client comes from, in every format that has more than one, and in those that have
// only one.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cmd/countips/client_text.h"
#include "countips/counting/count_block.h"
#include "countips/formats/clf.h"
#include "countips/formats/field_formats.h"
#include "countips/formats/json_formats.h"
#include "countips/formats/regex_format.h"
#include "countips/formats/text_formats.h"

namespace countips {
namespace {

using any_format = std::shared_ptr<const log_format>;

any_format known(std::string_view name) {
  for (const auto& each : text_formats()) {
    if (each->name() == name) return each;
  }
  for (const auto& all : {json_formats(), field_formats()}) {
    for (const any_format& each : all) {
      if (each->name() == name) return each;
    }
  }
  return nullptr;
}

// The clients of all lines, with blanks between them. Each line is a block of its own.
std::string clients_of(any_format format, std::string_view log, bool forwarded) {
  count_options options{.top = 1};
  options.reading.forwarded = forwarded;
  std::string clients;
  while (!log.empty()) {
    const std::string_view line = log.substr(0, log.find('\n') + 1);
    log.remove_prefix(line.size());
    tally counted;
    static_cast<void>(count_block(line, *format, options, 0, counted));
    for (const auto& [key, group] : counted) {
      group.counts.for_each([&](const client& who, std::uint64_t) {
        clients += (clients.empty() ? "" : " ") + text_of(who);
      });
    }
    if (const any_format next = format->after(line)) format = next;
  }
  return clients;
}

// In the log the peers are 192.0.2.x; proxies name 198.51.100.x first, or nobody.
struct field_case {
  const char* name;
  any_format format;
  std::string log;
  std::string peer;
  std::string forwarded;
};

const std::string time_field = "[09/Jun/2024:10:00:00 +0200]";
const std::string rest = R"( "GET / HTTP/1.1" 200 5 "-" "curl/8.5.0")";

std::vector<field_case> text_cases() {
  const std::string combined = "192.0.2.1 - - " + time_field + rest;
  return {
      {"combined", combined_format(), combined + " \"198.51.100.1\"\n", "192.0.2.1", "192.0.2.1"},
      {"combined with a field behind", known("combined_forwarded"),
       combined + " \"198.51.100.1, 10.0.0.1\"\n" + combined + " \"-\"\n", "192.0.2.1 192.0.2.1",
       "198.51.100.1 192.0.2.1"},
      {"LogFormat", compile_log_format("%h %{X-Forwarded-For}i %t").value(),
       "192.0.2.1 198.51.100.1 " + time_field + "\n192.0.2.1 - " + time_field + '\n',
       "192.0.2.1 192.0.2.1", "198.51.100.1 192.0.2.1"},
      {"LogFormat without a peer", compile_log_format("%{X-Forwarded-For}i %t").value(),
       "198.51.100.1 " + time_field + '\n', "198.51.100.1", "198.51.100.1"},
      {"log_format", compile_log_format("$remote_addr [$time_local] \"$http_x_real_ip\"").value(),
       "192.0.2.1 " + time_field + " \"198.51.100.1\"\n192.0.2.1 " + time_field + " \"-\"\n",
       "192.0.2.1 192.0.2.1", "198.51.100.1 192.0.2.1"},
      {"expression",
       regex_format(R"(^(?P<client>\S+) (?P<forwarded>\S+) \[(?P<time>[^]]+)\])").value(),
       "192.0.2.1 198.51.100.1 " + time_field + "\n192.0.2.1 - " + time_field + '\n',
       "192.0.2.1 192.0.2.1", "198.51.100.1 192.0.2.1"},
  };
}

std::vector<field_case> json_cases() {
  return {
      {"caddy", known("caddy"),
       R"({"ts":1717920000,"msg":"handled request","request":{"client_ip":"192.0.2.1",)"
       R"("headers":{"X-Forwarded-For":["198.51.100.1"]}},"status":200})"
       "\n"
       R"({"ts":1717920000,"msg":"handled request","request":{"client_ip":"192.0.2.1",)"
       R"("headers":{}},"status":200})"
       "\n",
       "192.0.2.1 192.0.2.1", "198.51.100.1 192.0.2.1"},
      {"traefik", known("traefik_json"),
       R"({"DownstreamStatus":200,"ClientHost":"192.0.2.1","StartUTC":"2024-06-09T08:00:00Z",)"
       R"("request_X-Forwarded-For":"198.51.100.1"})"
       "\n",
       "192.0.2.1", "198.51.100.1"},
      {"envoy", known("envoy_json"),
       R"({"response_code":200,"downstream_remote_address":"192.0.2.1:5","start_time":"2024-06-09T08:00:00Z",)"
       R"("x_forwarded_for":"198.51.100.1"})"
       "\n"
       R"({"response_code":200,"start_time":"2024-06-09T08:00:00Z","x_forwarded_for":"198.51.100.1"})"
       "\n"
       R"({"response_code":200,"downstream_remote_address":"192.0.2.1:5","start_time":"2024-06-09T08:00:00Z",)"
       R"("x_forwarded_for":null})"
       "\n",
       "192.0.2.1 198.51.100.1 192.0.2.1", "198.51.100.1 198.51.100.1 192.0.2.1"},
      {"nginx", known("nginx_json"),
       R"({"status":200,"remote_addr":"192.0.2.1","time_iso8601":"2024-06-09T08:00:00Z",)"
       R"("http_x_forwarded_for":"198.51.100.1"})"
       "\n"
       R"({"status":200,"remote_addr":"192.0.2.1","time_iso8601":"2024-06-09T08:00:00Z",)"
       R"("http_x_forwarded_for":""})"
       "\n"
       R"({"status":200,"remote_addr":"192.0.2.1","time_iso8601":"2024-06-09T08:00:00Z",)"
       R"("http_x_forwarded_for":"-"})"
       "\n",
       "192.0.2.1 192.0.2.1 192.0.2.1", "198.51.100.1 192.0.2.1 192.0.2.1"},
      {"gcp", known("gcp"),
       R"({"httpRequest":{"remoteIp":"192.0.2.1","status":200},"timestamp":"2024-06-09T08:00:00Z"})"
       "\n",
       "192.0.2.1", "192.0.2.1"},
  };
}

std::vector<field_case> column_cases() {
  const std::string istio_head =
      R"([2024-06-09T22:00:00.310Z] "GET / HTTP/1.1" 200 - via_upstream - "-" 0 135 5 2 )";
  const std::string istio_tail =
      R"( "curl" "cc" "www.example.com" "10.0.0.7:80" in 127.0.0.6:4 10.0.0.7:80 192.0.2.1:3 - -)"
      "\n";
  return {
      {"w3c", known("w3c"),
       "#Fields: date time c-ip X-Forwarded-For cs-uri-stem\n"
       "2024-06-09 22:00:00 192.0.2.1 198.51.100.1,+10.0.0.1 /\n"
       "2024-06-09 22:00:00 192.0.2.1 - /\n",
       "192.0.2.1 192.0.2.1", "198.51.100.1 192.0.2.1"},
      {"w3c without a peer", known("w3c"),
       "#Fields: date time X-Forwarded-For cs-uri-stem\n2024-06-09 22:00:00 198.51.100.1 /\n",
       "198.51.100.1", "198.51.100.1"},
      {"istio", known("istio"),
       istio_head + "\"198.51.100.1\"" + istio_tail + istio_head + "\"-\"" + istio_tail,
       "192.0.2.1 192.0.2.1", "198.51.100.1 192.0.2.1"},
      {"envoy", known("envoy"),
       R"([2024-06-09T22:00:00.310Z] "GET / HTTP/2" 204 - 154 0 226 100 "198.51.100.1" "curl" "cc" )"
       R"("www.example.com" "10.0.2.1:80")"
       "\n",
       "198.51.100.1", "198.51.100.1"},
      {"ltsv", known("ltsv"),
       "time:[09/Jun/2024:22:00:01 +0900]\thost:192.0.2.1\tforwardedfor:198.51.100.1\n"
       "time:[09/Jun/2024:22:00:01 +0900]\thost:192.0.2.1\tforwardedfor:-\n",
       "192.0.2.1 192.0.2.1", "198.51.100.1 192.0.2.1"},
  };
}

// What clients send in a header that no proxy has checked.
TEST(client_field, is_that_of_the_peer_where_the_other_names_nobody) {
  struct header_case {
    const char* value;
    const char* client;  // Under --client-field forwarded.
  };
  const header_case headers[] = {
      {"198.51.100.1", "198.51.100.1"},  {"proxy.test", "proxy.test"}, {"unknown", "192.0.2.1"},
      {"unknown, 1.1.1.1", "192.0.2.1"}, {"-, 1.1.1.1", "1.1.1.1"},    {"-, -", "192.0.2.1"},
      {"' OR 1=1", "192.0.2.1"},         {"{jndi}", "192.0.2.1"},
  };
  const std::vector<std::pair<any_format, std::string>> lines = {
      {known("combined_forwarded"), "192.0.2.1 - - " + time_field + rest + " \"@\"\n"},
      {compile_log_format("%t %h \"%{X-Forwarded-For}i\"").value(),
       time_field + " 192.0.2.1 \"@\"\n"},
      {regex_format(R"re(^(?P<client>\S+) "(?P<forwarded>.*)" \[(?P<time>[^]]+)\])re").value(),
       "192.0.2.1 \"@\" " + time_field + "\n"},
      {known("nginx_json"), R"({"http_x_forwarded_for":"@","remote_addr":"192.0.2.1",)"
                            R"("time_iso8601":"2024-06-09T08:00:00Z","status":200})"
                            "\n"},
      {known("caddy"), R"({"request":{"client_ip":"192.0.2.1","headers":)"
                       R"({"X-Forwarded-For":["@"]}},"ts":1717920000,"msg":"handled request"})"
                       "\n"},
      {known("w3c"),
       "#Fields: date time c-ip X-Forwarded-For cs-uri-stem\n"
       "2024-06-09 22:00:00 192.0.2.1 \"@\" /\n"},
      {known("ltsv"), "time:[09/Jun/2024:22:00:01 +0900]\thost:192.0.2.1\tforwardedfor:@\n"},
  };
  for (const auto& [format, line] : lines) {
    for (const header_case& c : headers) {
      std::string log = line;
      log.replace(log.find('@'), 1, c.value);
      EXPECT_EQ(clients_of(format, log, true), c.client) << log;
      EXPECT_EQ(clients_of(format, log, false), "192.0.2.1") << log;
    }
  }
}

TEST(client_field, is_the_one_asked_for_where_there_are_both) {
  for (const auto& cases : {text_cases(), json_cases(), column_cases()}) {
    for (const field_case& c : cases) {
      ASSERT_NE(c.format, nullptr) << c.name;
      EXPECT_EQ(clients_of(c.format, c.log, false), c.peer) << c.name;
      EXPECT_EQ(clients_of(c.format, c.log, true), c.forwarded) << c.name;
    }
  }
}

}  // namespace
}  // namespace countips
