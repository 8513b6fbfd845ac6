#include "countips/formats/json_template.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <variant>
#include <vector>

#include "countips/counting/count_block.h"
#include "countips/formats/text_format.h"

namespace countips {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using paths = json_description::paths;

json_description of_nginx(const std::string& format) {
  return describe_json(nginx_tokens(format), "mine").value();
}

json_description of_apache(const std::string& format) {
  return describe_json(apache_tokens(format).value(), "mine").value();
}

TEST(json_template, has_keys_for_the_variables_of_nginx) {
  const json_description found = of_nginx(
      R"({"who":"$remote_addr","real":"${realip_remote_addr}","xff":"$http_x_forwarded_for",)"
      R"("all":"$proxy_add_x_forwarded_for","when":"$time_iso8601","local":"[$time_local]",)"
      R"("s":$msec,"quoted":"$msec","code":"$status","bare":$status,"line":"$request",)"
      R"("verb":"$request_method","what":"$request_uri","plain":"$uri","ua":"$http_user_agent",)"
      R"("vhost":"$host","asked":"$http_host","server":"$server_name","other":"$pid"})");
  EXPECT_EQ(found.name, "mine");
  EXPECT_THAT(found.client, ElementsAre("who", "real"));
  EXPECT_THAT(found.forwarded, ElementsAre("xff", "all"));
  EXPECT_THAT(found.time, ElementsAre("when", "local", "s", "quoted"));
  EXPECT_THAT(found.status, ElementsAre("code", "bare"));
  EXPECT_THAT(found.request, ElementsAre("line"));
  EXPECT_THAT(found.method, ElementsAre("verb"));
  EXPECT_THAT(found.path, ElementsAre("what", "plain"));
  EXPECT_THAT(found.agent, ElementsAre("ua"));
  EXPECT_THAT(found.host, ElementsAre("vhost", "asked", "server"));
}

TEST(json_template, has_keys_for_the_directives_of_apache) {
  const json_description found = of_apache(
      R"({ \"peer\":\"%{c}a\", \"ip\":\"%a\", \"name\":\"%h\", \"xff\":\"%{X-Forwarded-For}i\", )"
      R"(\"time\":\"%{%Y-%m-%dT%H:%M:%S%z}t\", \"clf\":\"%t\", \"ms\":%{msec}t, )"
      R"(\"parts\":\"%{%FT%T.}t%{msec_frac}t%{%z}t\", \"s\":%{sec}t.%{usec_frac}t, )"
      R"(\"status\":%>s, \"first\":\"%s\", \"r\":\"%r\", \"m\":\"%m\", \"U\":\"%U\", )"
      R"(\"ua\":\"%{User-agent}i\", \"v\":\"%v\", \"V\":\"%V\", \"odd\":\"%{%A}t\" })");
  EXPECT_THAT(found.client, ElementsAre("ip", "name", "peer"));
  EXPECT_THAT(found.forwarded, ElementsAre("xff"));
  EXPECT_THAT(found.time, ElementsAre("time", "clf", "ms", "parts", "s"));
  EXPECT_THAT(found.status, ElementsAre("status", "first"));
  EXPECT_THAT(found.request, ElementsAre("r"));
  EXPECT_THAT(found.method, ElementsAre("m"));
  EXPECT_THAT(found.path, ElementsAre("U"));
  EXPECT_THAT(found.agent, ElementsAre("ua"));
  EXPECT_THAT(found.host, ElementsAre("v", "V"));
}

struct client_case {
  const char* what;
  std::string value;  // Beside which there is a time.
  paths want;
};

TEST(json_template, has_paths_where_documents_have_the_value_alone) {
  const client_case cases[] = {
      {"an object", R"("by":{"x":1,"ip":"$remote_addr"})", {"by/ip"}},
      {"objects in it", R"("a":{"b":{"c":"$remote_addr"}})", {"a/b/c"}},
      {"a list", R"("ip":["$remote_addr","$realip_remote_addr"])", {"ip"}},
      {"objects in a list", R"("by":[{"ip":"$remote_addr"}])", {"by/ip"}},
      {"not the second of a list", R"("ip":[1,"$remote_addr"],"o":"$remote_addr")", {"o"}},
      {"no lists in lists", R"("ip":[["$remote_addr"]],"o":"$remote_addr")", {"o"}},
      {"blanks", "\n\t\"ip\" : \"$remote_addr\" , \"x\" : null ", {"ip"}},
      {"the first of a key", R"("ip":"-","ip":"$remote_addr","o":"$remote_addr")", {"o"}},
      {"no text beside it", R"("ip":"by $remote_addr","o":"$remote_addr")", {"o"}},
      {"nor other variables", R"("ip":"$remote_addr$uri","o":"$remote_addr")", {"o"}},
      {"no bare address", R"("ip":$remote_addr,"o":"$remote_addr")", {"o"}},
      {"no escape in a key", R"("i\"p":"$remote_addr","o":"$remote_addr")", {"o"}},
      {"no slash in a key", R"("i/p":"$remote_addr","o":"$remote_addr")", {"o"}},
      {"no variable in a key", R"("$host":"$remote_addr","o":"$remote_addr")", {"o"}},
      {"no other words", R"("yes":true,"n":-1.5e3,"none":null,"o":"$remote_addr")", {"o"}},
      {"what proxies say", R"("xff":"$http_x_forwarded_for")", {"xff"}},
      {"before it is torn", R"("ip":"$remote_addr","t":"$time_local", oops)", {"ip"}},
  };
  for (const client_case& c : cases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(of_nginx("{" + c.value + R"(,"time":"$time_iso8601"})").client, c.want);
  }
}

struct time_case {
  const char* what;
  std::string value;
  bool is_time;
};

TEST(json_template, knows_which_times_are_read) {
  const time_case cases[] = {
      {"ISO", R"("$time_iso8601")", true},
      {"that of the common format", R"("$time_local")", true},
      {"in brackets", R"("[$time_local]")", true},
      {"a number", "$msec", true},
      {"a number in quotes", R"("$msec")", true},
      {"text without quotes", "$time_iso8601", false},
      {"text before it", R"("at $time_iso8601")", false},
      {"text behind it", R"("$time_local x")", false},
      {"text only", R"("2024-01-02T03:04:05Z")", false},
      {"another variable behind it", R"("$time_iso8601$host")", false},
  };
  for (const time_case& c : cases) {
    SCOPED_TRACE(c.what);
    const auto found =
        describe_json(nginx_tokens(R"({"ip":"$remote_addr","time":)" + c.value + "}"), "x");
    EXPECT_EQ(found.has_value(), c.is_time);
    if (!found) {
      EXPECT_THAT(found.error().reason, HasSubstr("no time: "));
    }
  }
}

TEST(json_template, says_what_is_missing) {
  const std::pair<std::string, std::string> cases[] = {
      {R"({"time":"$time_iso8601","name":"$remote_user"})", "no client: "},
      {R"({"ip":"$remote_addr"})", "no time: "},
      {R"({"ip":"$remote_addr"; "time":"$time_iso8601"})", "no JSON behind the value of ip"},
      {R"({"ip":"$remote_addr)", "; it is no JSON"},
      {"{\"ip\":\"$remote_addr\\", "; it is no JSON"},
      {"{", "; it is no JSON"},
      {"", "; it is no JSON"},
      {R"({"a")", "; it is no JSON"},
      {R"({"a":})", "; it is no JSON"},
      {R"({"a":[)", "; it is no JSON"},
      {"{" + std::string(100000, '[') + "}", "no client: "},
  };
  for (const auto& [format, want] : cases) {
    SCOPED_TRACE(format.substr(0, 60));
    const auto made = compile_nginx_json(format, "x");
    ASSERT_FALSE(made.has_value());
    EXPECT_THAT(made.error().reason, HasSubstr(want));
  }
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "{\"a\":";
  EXPECT_FALSE(compile_nginx_json(deep, "x").has_value());
  EXPECT_THAT(compile_apache_json(R"({"ip":"%j"})", "x").error().reason, HasSubstr("no directive"));
}

TEST(json_template, is_of_the_server_whose_variables_it_has) {
  EXPECT_EQ((*compile_json(R"({"ip":"$remote_addr","t":"$msec"})"))->name(), "log_format");
  EXPECT_EQ((*compile_json(R"({"ip":"%a","t":"%t"})"))->name(), "LogFormat");
}

// What a server writes for the tokens of a template.
std::string written(const format_tokens& tokens, const std::map<field_role, std::string>& values) {
  std::string line;
  for (const format_token& each : tokens) {
    if (const auto* const text = std::get_if<std::string>(&each.what)) line += *text;
    if (const auto* const field = std::get_if<format_field>(&each.what)) {
      line += values.at(field->role);
    }
    if (const auto* const time = std::get_if<time_piece>(&each.what)) {
      line += time->kind == time_piece::kinds::clf   ? "09/Jun/2024:23:59:59 +0200"
              : time->kind == time_piece::kinds::iso ? "2024-06-09T23:59:59+02:00"
                                                     : "1717920000.250";
    }
  }
  return line;
}

std::string random_template(std::mt19937& random) {
  std::vector<std::string> members = {
      R"("a":"$remote_addr")", R"("f":"$http_x_forwarded_for")", R"("s":$status)",
      R"("r":"$request")",     R"("u":"$http_user_agent")",      R"("n":{"x":"$host","y":[1,2]})",
      R"("z":"$uri?$args")",   R"("g":"$gzip_ratio")",
  };
  const std::string times[] = {R"("t":"$time_iso8601")", R"("t":"[$time_local]")", R"("t":$msec)",
                               R"("o":{"t":"$msec"})", R"("t":["$time_local"])"};
  members.push_back(times[random() % std::size(times)]);
  std::shuffle(members.begin(), members.end(), random);
  std::string text = "{";
  for (const std::string& each : members)
    text += (text == "{" ? "" : random() % 2 ? "," : " ,\t") + each;
  return text + "}";
}

TEST(json_template, reads_the_lines_that_are_written_by_it) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    const std::string format = random_template(random);
    SCOPED_TRACE(format);
    const auto made = compile_nginx_json(format, "mine");
    ASSERT_TRUE(made.has_value());
    std::string log;
    for (int i = 0; i < 20; ++i) {
      const std::string client = "192.0.2." + std::to_string(i % 7);
      log += written(nginx_tokens(format), {{field_role::skip, "-"},
                                            {field_role::peer, client},
                                            {field_role::forwarded, i % 2 == 0 ? "-" : "10.0.0.1"},
                                            {field_role::status, "200"},
                                            {field_role::request, R"(GET /\"{ HTTP/1.1)"},
                                            {field_role::path, "/"},
                                            {field_role::agent, R"(curl \u0001)"},
                                            {field_role::host, "h"}}) +
             "\n";
    }
    tally counted;
    EXPECT_EQ(count_block(log, **made, {}, 0, counted).accepted, 20u);
    ASSERT_EQ(counted.size(), 1u);
    EXPECT_EQ(day::from_number(counted.begin()->first).text(), "2024-06-09");
    EXPECT_EQ(counted.begin()->second.clients.size(), 7u);
    EXPECT_TRUE((*made)->fits(log.substr(0, log.find('\n'))));
    count_options forwarded;
    forwarded.reading.forwarded = true;
    tally by_proxies;
    EXPECT_EQ(count_block(log, **made, forwarded, 0, by_proxies).accepted, 20u);
    EXPECT_EQ(by_proxies.begin()->second.clients.size(), 8u);
  }
}

TEST(json_template, of_nothing_but_client_and_time_fits_its_lines) {
  const auto made = compile_nginx_json(R"({"by":"$remote_addr","at":"$time_iso8601"})", "mine");
  EXPECT_TRUE((*made)->fits(R"({"by":"192.0.2.1","at":"2024-06-09T10:00:00Z"})"));
  EXPECT_FALSE((*made)->fits(R"({"by":"192.0.2.1"})"));
}

}  // namespace
}  // namespace countips
