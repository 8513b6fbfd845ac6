#include "countips/formats/server_configuration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "countips/counting/count_block.h"

namespace countips {
namespace {

configured_format nginx(std::string name, std::string text, nginx_escape escape = {}) {
  return {web_server::nginx, std::move(name), std::move(text), escape};
}

configured_format apache(std::string name, std::string text) {
  return {web_server::apache, std::move(name), std::move(text), {}};
}

struct format_case {
  std::string text;
  std::vector<configured_format> want;
};

TEST(nginx_configuration, has_its_log_formats) {
  const format_case cases[] = {
      {"", {}},
      {"log_format a '$remote_addr';", {nginx("a", "$remote_addr")}},
      {"log_format main '$remote_addr - [$time_local] '\n    '\"$request\"';",
       {nginx("main", "$remote_addr - [$time_local] \"$request\"")}},
      {"log_format m \"$remote_addr \\\"$request\\\" \\\\ \\t \\x\";",
       {nginx("m", "$remote_addr \"$request\" \\ \t \\x")}},
      {"log_format j escape=json '{\"a\":\"$msec\"}'; log_format n escape=none $a;",
       {nginx("j", R"({"a":"$msec"})", nginx_escape::json), nginx("n", "$a", nginx_escape::none)}},
      {"log_format d escape=default x$y;", {nginx("d", "x$y")}},
      {"http{log_format a ${remote_addr};}", {nginx("a", "${remote_addr}")}},
      {"# log_format no 'x';\nhttp { # it's open\n log_format yes 'x#y'; }", {nginx("yes", "x#y")}},
      {"log_format it's 'x;y{z}';", {nginx("it's", "x;y{z}")}},
      {"log_format\n\ta\r\n\t'b'\r\n;", {nginx("a", "b")}},
      {"log_format a;", {}},
      {"log_format a 'never closed", {nginx("a", "never closed")}},
      {"log_format a 'ends in \\", {nginx("a", "ends in \\")}},
      {"my_log_format a 'b';", {}},
      {"LogFormat \"%h\" x\n", {}},
      {"log_format a '1'; log_format a '2';", {nginx("a", "1"), nginx("a", "2")}},
  };
  for (const format_case& c : cases) {
    SCOPED_TRACE(c.text);
    EXPECT_EQ(read_nginx_configuration(c.text).formats, c.want);
  }
}

TEST(nginx_configuration, has_its_logs) {
  const auto found = read_nginx_configuration(
      "http { access_log logs/main.log main; log_format main '$remote_addr'; "
      "server { access_log \"/var/log/a b.log\" main buffer=32k; access_log off; access_log;"
      "access_log plain.log; access_log few.log if=$loud; access_log x.log missing; } }");
  ASSERT_EQ(found.logs.size(), 5U);
  EXPECT_EQ(found.logs[0], (configured_log{"logs/main.log", nginx("main", "$remote_addr")}));
  EXPECT_EQ(found.logs[1], (configured_log{"/var/log/a b.log", nginx("main", "$remote_addr")}));
  EXPECT_EQ(found.logs[2].format.name, "combined");
  EXPECT_TRUE(
      compile(found.logs[2].format)
          ->get()
          ->fits(R"(192.0.2.1 - - [09/Jun/2024:10:00:00 +0200] "GET / HTTP/1.1" 200 5 "-" "x")"));
  EXPECT_EQ(found.logs[3].format, found.logs[2].format);
  EXPECT_EQ(found.logs[4], (configured_log{"x.log", nginx("missing", "")}));
}

TEST(apache_configuration, has_its_log_formats) {
  const format_case cases[] = {
      {"", {}},
      {"LogFormat \"%h %t \\\"%r\\\"\" mine", {apache("mine", "%h %t \"%r\"")}},
      {"logformat '%h \\'%u\\' \"%r\"' mine", {apache("mine", "%h '%u' \"%r\"")}},
      {"  LOGFORMAT\t%h%t\tmine\r\n", {apache("mine", "%h%t")}},
      {"LogFormat \"%h \\\n  %t\" \\\r\n mine\n", {apache("mine", "%h   %t")}},
      {"LogFormat \"%h\\t%t\\\\\" mine", {apache("mine", "%h\\t%t\\")}},
      {"LogFormat \"%h %t\"", {apache("", "%h %t")}},
      {"# LogFormat \"%h\" no\n#x \\\nLogFormat \"%h\" no\nLogFormat \"%t\" yes",
       {apache("yes", "%t")}},
      {"LogFormat \"never closed", {apache("", "never closed")}},
      {"LogFormat", {}},
      {"LogFormatX \"%h\" x", {}},
      {"<VirtualHost *:80>\nLogFormat \"%h\" x\n</VirtualHost>\n", {apache("x", "%h")}},
  };
  for (const format_case& c : cases) {
    SCOPED_TRACE(c.text);
    EXPECT_EQ(read_apache_configuration(c.text).formats, c.want);
  }
}

TEST(apache_configuration, has_its_logs) {
  const auto found = read_apache_configuration(
      "TransferLog first.log\n"
      "LogFormat \"%a %t\" mine\n"
      "CustomLog ${APACHE_LOG_DIR}/access.log mine env=!quiet\n"
      "CustomLog \"|/bin/rotate a b\" \"%h %t\"\n"
      "LogFormat \"%h %t %s\"\n"
      "TransferLog second.log\n"
      "GlobalLog all.log missing\n"
      "CustomLog only-a-path\n");
  ASSERT_EQ(found.logs.size(), 5U);
  EXPECT_EQ(found.logs[0], (configured_log{"first.log", apache("", R"(%h %l %u %t "%r" %>s %b)")}));
  EXPECT_EQ(found.logs[1],
            (configured_log{"${APACHE_LOG_DIR}/access.log", apache("mine", "%a %t")}));
  EXPECT_EQ(found.logs[2], (configured_log{"|/bin/rotate a b", apache("", "%h %t")}));
  EXPECT_EQ(found.logs[3], (configured_log{"second.log", apache("", "%h %t %s")}));
  EXPECT_EQ(found.logs[4], (configured_log{"all.log", apache("missing", "")}));
  EXPECT_THAT(found.formats, testing::ElementsAre(apache("mine", "%a %t"), apache("", "%h %t"),
                                                  apache("", "%h %t %s")));
}

TEST(server_configuration, is_of_the_server_whose_directives_it_has) {
  const auto of_nginx = read_server_configuration("http { log_format a '$remote_addr'; }");
  ASSERT_EQ(of_nginx.formats.size(), 1U);
  EXPECT_EQ(of_nginx.formats[0].server, web_server::nginx);
  const auto of_apache = read_server_configuration("LogFormat \"%h %t\" a\nCustomLog x a\n");
  ASSERT_EQ(of_apache.formats.size(), 1U);
  EXPECT_EQ(of_apache.formats[0].server, web_server::apache);
  EXPECT_TRUE(read_server_configuration("[section]\nkey = value\n").formats.empty());
}

struct line_case {
  std::string configuration;
  std::string line;
};

TEST(server_configuration, gives_formats_that_read_lines) {
  const line_case cases[] = {
      {"log_format main '$remote_addr \"$http_user_agent\" [$time_local] '\n'\"$request\"';",
       R"(192.0.2.1 "a \" b" [09/Jun/2024:10:00:00 +0200] "GET)"},
      {"LogFormat \"%{%F}t\\t%a\\t\\\"%r\\\"\" tabs\n", "2024-06-09\t192.0.2.1\t\"GET"},
      {"log_format j escape=json '{' '\"by\":\"$remote_addr\",' '\"at\":$msec' '}';",
       R"({"by":"192.0.2.1","at":1717920000.250})"},
      {"LogFormat \"{ \\\"by\\\":\\\"%a\\\", \\\"at\\\":\\\"%{%FT%T%z}t\\\" }\" j\n",
       R"({ "by":"192.0.2.1", "at":"2024-06-09T10:00:00+0200" })"},
  };
  for (const line_case& c : cases) {
    SCOPED_TRACE(c.configuration);
    const auto made = compile(read_server_configuration(c.configuration).formats.at(0));
    ASSERT_TRUE(made.has_value()) << made.error().reason;
    tally counted;
    EXPECT_EQ(count_block(c.line + "\n", **made, {}, 0, counted).accepted, 1u);
    ASSERT_EQ(counted.size(), 1u);
    EXPECT_EQ(day::from_number(counted.begin()->first).text(), "2024-06-09");
    counted.begin()->second.clients.insert(*address_client("192.0.2.1"));
    EXPECT_EQ(counted.begin()->second.clients.size(), 1u);
  }
}

TEST(server_configuration, finds_the_last_format_of_a_name) {
  const auto found = read_nginx_configuration("log_format a '1'; log_format a '2';");
  ASSERT_NE(found.find("a"), nullptr);
  EXPECT_EQ(found.find("a")->text, "2");
  EXPECT_EQ(found.find("b"), nullptr);
}

}  // namespace
}  // namespace countips
