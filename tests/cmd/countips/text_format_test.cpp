#include "countips/formats/text_format.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "cmd/countips/hits.h"

namespace countips {
namespace {

struct line_case {
  std::string format;
  std::string line;
  std::string client;  // As an address or a name; empty: the line is rejected.
  std::string day = "2024-06-09";
};

const std::string common = R"(%h %l %u %t "%r" %>s %b)";
const std::string vhost = R"(%v:%p %h %l %u %t "%r" %>s %O "%{Referer}i" "%{User-agent}i")";
const std::string nginx_host = R"($host $remote_addr - $remote_user [$time_local] "$request")";
const std::string date_first = R"(%t [%v:%p] [client %h] "%r" %>s %b)";
const std::string user_first = R"(%u %h %t "%r" %>s)";
const std::string at = "[09/Jun/2024:10:00:00 +0200]";
const std::string rest = R"( "GET / HTTP/1.1" 200 5 "-" "curl/8.5.0")";

void expect_hits(const std::vector<line_case>& cases, const read_rules& rules = {}) {
  for (const line_case& c : cases) {
    SCOPED_TRACE(c.format + "\n" + c.line);
    const auto format = compile_log_format(c.format);
    ASSERT_TRUE(format) << format.error().reason;
    const auto found = hit_of(c.line, **format, rules);
    EXPECT_EQ(found, c.client.empty() ? std::nullopt : std::optional<hit>({c.day, c.client}));
  }
}

TEST(text_format, finds_client_and_day_of_apache_lines) {
  expect_hits({
      {common, "192.0.2.1 - - " + at + rest, "192.0.2.1"},
      {common, "192.0.2.1 - J Q Public " + at + rest, "192.0.2.1"},
      {common, "192.0.2.1 " + at + rest, "192.0.2.1"},
      {common, "- - - " + at + rest, ""},
      {"combined", "2001:DB8::1 - - " + at + " \"never closed", "2001:db8::1"},
      {R"(%h %l %u %t \"%r\" %>s %b)", "host - - " + at + rest, "host"},
      {"%h %t", "host.example.net " + at, "host.example.net"},
      {"%h %t", "192.0.2.1 x y " + at, "192.0.2.1"},
      {"%h %t", "host x " + at, ""},
      {vhost, "www.example.com:443 192.0.2.1 - - " + at + rest, "192.0.2.1"},
      {vhost, "www.example.com:443 192.0.2.1 - J Q Public " + at + rest, "192.0.2.1"},
      {vhost, "www.example.com:443 host.example.net - bob " + at + rest, "host.example.net"},
      {vhost, "[2001:db8::5]:443 2001:db8::1 - - " + at + rest, "2001:db8::1"},
      {vhost, "www.example.com:443 192.0.2.1 " + at + rest, "192.0.2.1"},
      {vhost, "127.0.0.1:80 - - " + at + rest, ""},
      {vhost, "192.0.2.1 host.example.net - - " + at + rest, ""},
      {vhost, "192.0.2.1 - - " + at + rest, ""},
      {vhost, "www.example.com:443 - - - " + at + rest, ""},
      {vhost, "www.example.com:443 10.0.0.1 192.0.2.1 " + at + rest, ""},
      {vhost, "www.example.com:443 192.0.2.1 1j0vhgd jsmith x " + at + rest, "192.0.2.1"},
      {user_first, "J Q Public 192.0.2.1 " + at + rest, "192.0.2.1"},
      {user_first, "- host " + at + rest, "host"},
      {date_first, at + " [www.example.com:443] [client 192.0.2.1] \"GET", "192.0.2.1"},
      {date_first, at + " [www.example.com:443] [client 192.0.2.1, 10.0.0.1] \"\"", "192.0.2.1"},
      {date_first, at + " [www.example.com:443] [client 192.0.2.1", ""},
      {date_first, at + " [www.example.com:443] [client -] \"GET / HTTP/1.1\" 200 5", ""},
      {"%{%d/%b/%Y %T}t.%{msec_frac}t %{%z}t %a", "09/Jun/2024 10:00:00.123 +0200 192.0.2.1",
       "192.0.2.1"},
      {"[%{%a %b %d %H:%M:%S %Y}t] %v:%p - %h (PID %P %Dus) %u \\\"%r\\\"",
       "[Sun Jun 09 01:14:01 2024] www.example.com:80 - 192.0.2.3 (PID 5854 40913us) - \"GET",
       "192.0.2.3"},
      {"%{msec}t %h x", "1717927200123 192.0.2.1 x", "192.0.2.1"},
      {"%h %{sec}t", "192.0.2.1 1717927200", "192.0.2.1"},
      {"%h %{sec}t x", "192.0.2.1 1717927", ""},
      {"%h %{sec}t.%{msec_frac}t", "192.0.2.1 1717927200.123", "192.0.2.1"},
      {"%h %{sec}t,%{usec_frac}t x", "192.0.2.1 1717927200,123456 x", "192.0.2.1"},
      {"%h %{sec}t.%{usec_frac}t x", "192.0.2.1 1717927200.x x", ""},
      {"%{%s}t.%{usec_frac}t %h", "1717927200.123456 192.0.2.1", "192.0.2.1"},
      {"%h %{begin:%s}t.%{begin:msec_frac}t x", "192.0.2.1 1717927200.123 x", "192.0.2.1"},
      {"%h %{end:sec}t.%{end:msec_frac}t x", "192.0.2.1 1717927200.123 x", "192.0.2.1"},
      {"%h %{sec}t%{msec_frac}t x", "192.0.2.1 1717927200123 x", "192.0.2.1"},
      {"%h %{%s}t%{usec_frac}t x", "192.0.2.1 1717927200123456 x", "192.0.2.1"},
      {"%h %{sec}t.%{msec_frac}t %t", "192.0.2.1 1.123 " + at, "192.0.2.1"},
      {"%h %t %{sec}t.%{msec_frac}t", "192.0.2.1 " + at + " 1.123", "192.0.2.1"},
      {"%h %{%s %z}t", "192.0.2.1 1717927200 +0200", "192.0.2.1"},
      {"%{begin:%F}t %h %{end:%T}t", "2024-06-09 192.0.2.1 10:00:00", "192.0.2.1"},
      {"%h %{end}t", "192.0.2.1 " + at, "192.0.2.1"},
      {"%400,501{User-agent}i %!200,304,302{Referer}i %h %t", "- - 192.0.2.1 " + at, "192.0.2.1"},
      {"%h 100%% %>s %{c}a %{UNIQUE_ID}e %^FB %t", "192.0.2.1 100% 200 10.0.0.1 x - " + at,
       "192.0.2.1"},
      {"\\\"%{X-Forwarded-For}i\\\" - %u %t", "\"192.0.2.1, 10.0.0.1\" - - " + at, "192.0.2.1"},
      {"%{X-Forwarded-For}i %l %u %t", "192.0.2.1, 10.0.0.1 - - " + at, "192.0.2.1"},
  });
}

// Those of mod_ssl, mod_logio, mod_remoteip and of trailers, as their manuals have them.
TEST(text_format, passes_over_what_other_modules_of_apache_tell) {
  const std::string ssl = "%t %h %{SSL_PROTOCOL}x %{SSL_CIPHER}x \"%r\" %b";
  const std::string first = "%{SSL_PROTOCOL}x %{SSL_CIPHER}x %h %l %u %t \"%r\" %>s";
  const std::string names = "%{SSL_CLIENT_S_DN}x %h %t \"%r\"";
  const std::string numbers = "%I %O %S %^FB %k %L %X %{remote}p %D %h %l %u %t";
  expect_hits({
      {ssl, at + " 192.0.2.1 TLSv1.3 TLS_AES_256_GCM_SHA384 \"GET / HTTP/1.1\" 5", "192.0.2.1"},
      {ssl, at + " 192.0.2.1 - - \"GET / HTTP/1.1\" 5", "192.0.2.1"},
      {first, "TLSv1.2 ECDHE-RSA-AES128 192.0.2.1 - J Q Public " + at + rest, "192.0.2.1"},
      {first, "- - host.example.net - - " + at + rest, "host.example.net"},
      {names, "CN=J Q Public,O=Example 192.0.2.1 " + at + " \"GET", "192.0.2.1"},
      {"%h %{version}c %{errstr}c %t", "192.0.2.1 TLSv1 a b " + at, "192.0.2.1"},
      {"%c %h %t", "+ 192.0.2.1 " + at, "192.0.2.1"},
      {numbers, "1 2 3 456 0 - + 50000 9 host - J Q " + at, "host"},
      {"%h %l %u %t \"%{Foo}^ti\" \"%{Bar}^to\" %>s", "192.0.2.1 - - " + at + " \"\" \"\" 2",
       "192.0.2.1"},
      {"%{c}h %a %t", "10.0.0.1 192.0.2.1 " + at, "192.0.2.1"},
      {"%{c}a %t", "192.0.2.1 " + at, "192.0.2.1"},
      {"%h %a %t", "host.example.net 192.0.2.1 " + at, "host.example.net"},
      {"%h %{X-Forwarded-For}i %t", "host.example.net 192.0.2.1 " + at, "host.example.net"},
      {"%h %u %t", "host.example.net 192.0.2.1 " + at, ""},
  });
}

TEST(text_format, finds_client_and_day_of_nginx_lines) {
  const std::string port = "$remote_addr:$remote_port - $remote_user [$time_local] \"$request\"";
  const std::string iso = "$time_iso8601 $remote_addr \"$request\"";
  const std::string quoted = R"("$http_user_agent" "$remote_addr" [$time_local])";
  expect_hits({
      {nginx_host, "www.example.com 192.0.2.1 - - " + at + rest, "192.0.2.1"},
      {nginx_host, "www.example.com 192.0.2.1 - a [b] c " + at + rest, "192.0.2.1"},
      {nginx_host, "www.example.com 192.0.2.1 x - - " + at + rest, "192.0.2.1"},
      {nginx_host, "www.example.com 10.0.0.1 192.0.2.1 - - " + at + rest, ""},
      {nginx_host, "Jun  9 10:00:00 web1 nginx: 192.0.2.1 - - " + at + rest, ""},
      {nginx_host, "host - - " + at + rest, ""},
      {port, "192.0.2.1:5000 - - " + at + rest, "192.0.2.1"},
      {port, "2001:db8::1:5000 - - " + at + rest, "2001:db8::1"},
      {port, "192.0.2.1 - - " + at + rest, ""},
      {port, "www.example.com:443 192.0.2.1 - - " + at + rest, ""},
      {iso, "2024-06-09T10:00:00+02:00 192.0.2.1 \"GET", "192.0.2.1"},
      {iso, "2024-06-09T10:00:00+02:00 192.0.2.1", ""},
      {iso, "2024-06-31T10:00:00+02:00 192.0.2.1 \"", ""},
      {iso, "2024-06-09T10:00:00+02:00192.0.2.1 \"", ""},
      {"$msec|$remote_addr|$request", "1717927200.123|192.0.2.1|GET /|", "192.0.2.1"},
      {"${remote_addr} $status ${msec}", "192.0.2.1 200 1717927200.123", "192.0.2.1"},
      {quoted, R"("a \" \" b" "192.0.2.1" )" + at, "192.0.2.1"},
      {quoted, R"("192.0.2.9" "192.0.2.1" )" + at, "192.0.2.1"},
      {"$remote_user $remote_addr $some_map [$time_local]", "- 192.0.2.1 x y " + at, "192.0.2.1"},
      {"$remote_user $remote_addr $some_map [$time_local]", "a b 192.0.2.1 x " + at, ""},
      {"$remote_user $remote_addr $some_map [$time_local]", "- host x " + at, ""},
      {"cost: $$ $remote_addr [$time_local]", "cost: $$ 192.0.2.1 " + at, "192.0.2.1"},
      {"$realip_remote_addr $http_x_forwarded_for [$time_local]", "192.0.2.1 10.0.0.1 " + at,
       "192.0.2.1"},
      {"$realip_remote_addr $remote_addr [$time_local]", "10.0.0.1 192.0.2.1 " + at, "192.0.2.1"},
  });
}

TEST(text_format, anchors_on_the_time) {
  expect_hits({
      {nginx_host, "h 192.0.2.1 - [01/Jan/2020:00:00:00 +0000] " + at + rest, "192.0.2.1"},
      {nginx_host, "h 192.0.2.1 - - [32/Jun/2024:10:00:00 +0200] \"GET", ""},
      {nginx_host, "h 192.0.2.1 - - [09/Jun/2024:10:00:00 +02", ""},
      {nginx_host, "h 192.0.2.1 - - [09/Jun/2024:10:00:00 ] \"GET", "192.0.2.1"},
      {nginx_host, "h 192.0.2.1 - - [09/Jun/2024 10:00:00] \"GET", "192.0.2.1"},
      {nginx_host, "h 192.0.2.1 - - [09/Jun/2024 25:00:00] \"GET", ""},
      {nginx_host, "h 192.0.2.1 - - [09/Jun/2024:10:00:00.123 +0200] \"GET", "192.0.2.1"},
      {nginx_host, "h 192.0.2.1 - - [09/Jun/2024:10:00:00.123 +2460] \"GET", ""},
      {"$remote_addr $time_local x", "192.0.2.1 09/Jun/2024:10:00:00 x", "192.0.2.1"},
      {nginx_host, "h 192.0.2.1 - - " + at, "192.0.2.1"},
      {nginx_host, "h 192.0.2.1 - - " + at + "\r", "192.0.2.1"},
      {nginx_host, "h 192.0.2.1 - - [31/Dec/2016:23:59:60 +0000] \"", "192.0.2.1", "2016-12-31"},
      {nginx_host, "", ""},
      {nginx_host, " [", ""},
      {nginx_host, "\"curl\" torn", ""},
      {nginx_host, std::string("h 192.0.2.1 - a\0b ", 18) + at + rest, "192.0.2.1"},
      {nginx_host, "h 192.0.2.1 - \xff\xfe " + at + " \"" + std::string(8192, 'x'), "192.0.2.1"},
  });
}

TEST(text_format, takes_what_a_proxy_says_only_if_asked_to) {
  const std::string front =
      R"($http_x_forwarded_for $remote_addr - $remote_user [$time_local] "$request")";
  const std::string behind =
      R"($remote_addr - $remote_user [$time_local] "$request" $status "$http_user_agent" "$http_x_forwarded_for")";
  const std::string tail = R"( "GET \"x" 200 "a \" \"b" )";
  expect_hits({{front, "203.0.113.9, 10.0.0.2 192.0.2.1 - - " + at + rest, "192.0.2.1"},
               {behind, "192.0.2.1 - - " + at + tail + "\"203.0.113.9\"", "192.0.2.1"}});
  read_rules rules;
  rules.forwarded = true;
  expect_hits(
      {
          {front, "203.0.113.9, 10.0.0.2 192.0.2.1 - - " + at + rest, "203.0.113.9"},
          {front, "- 192.0.2.1 - - " + at + rest, "192.0.2.1"},
          {behind, "192.0.2.1 - - " + at + tail + "\"203.0.113.9, 10.0.0.2\"", "203.0.113.9"},
          {behind, "192.0.2.1 - - " + at + tail + "\"-\"", "192.0.2.1"},
          {behind, "192.0.2.1 - - " + at + tail + "\"203.0.113.9", "192.0.2.1"},
          {common, "192.0.2.1 - - " + at + rest, "192.0.2.1"},
      },
      rules);
  rules.clients.which = client_rules::pick::last;
  expect_hits({{behind, "192.0.2.1 - - " + at + tail + "\"203.0.113.9, 10.0.0.2\"", "10.0.0.2"}},
              rules);
}

TEST(text_format, gives_what_is_wanted_besides) {
  struct wanted_case {
    std::string format, line;
    std::string host, method, path, status, agent;
  };
  const std::string v = "www.example.com:443 192.0.2.1 - - " + at;
  const std::string c = "192.0.2.1 - - " + at;
  const std::string ovh = R"(%h %v %u %t "%r" %>s %b "%{Referer}i" "%{User-agent}i")";
  const std::string parts =
      R"($remote_addr [$time_local] $request_method $uri$is_args$args $status)";
  const std::vector<wanted_case> cases = {
      {vhost, v + rest, "www.example.com", "GET", "/", "200", "curl/8.5.0"},
      {vhost, v + R"( "GET /\"x" 404 5 "r" "a \"b\" c" z)", "www.example.com", "GET", R"(/\"x)",
       "404", R"(a \"b\" c)"},
      {vhost, v + R"( "" 400 0 "-" "-")", "www.example.com", "", "", "400", "-"},
      {vhost, v + R"( "GET /open HTTP/1.1)", "www.example.com", "GET", "/open", "", ""},
      {vhost, v, "www.example.com", "", "", "", ""},
      {"combined", c + rest, "", "GET", "/", "200", "curl/8.5.0"},
      {"combined", c + R"( "GET / HTTP/1.1" 200 5 "-" "torn)", "", "GET", "/", "200", "torn"},
      {"combined", c + "\r", "", "", "", "", ""},
      {common, c + rest, "", "GET", "/", "200", ""},
      {ovh, "192.0.2.1 www.example.com A B " + at + rest, "www.example.com", "GET", "/", "200",
       "curl/8.5.0"},
      {parts, "192.0.2.1 " + at + " POST /a?b=c 201", "", "POST", "/a?b=c", "201", ""},
      {"%h %t %m %U%q %>s", "192.0.2.1 " + at + " POST /a?b=c 201", "", "POST", "/a?b=c", "201",
       ""},
      {"%h %t %{sec}t%{msec_frac}t %m %>s", "192.0.2.1 " + at + " 1718000000123 PUT 201", "", "PUT",
       "", "201", ""},
      {date_first, at + " [h:1] [client 192.0.2.1] \"GET /x HTTP/2.0\" 302 5", "h", "GET", "/x",
       "302", ""},
  };
  read_rules rules;
  rules.wanted = {.clock = true, .status = true, .request = true, .agent = true, .host = true};
  for (const wanted_case& w : cases) {
    SCOPED_TRACE(w.format + "\n" + w.line);
    const auto format = compile_log_format(w.format);
    ASSERT_TRUE(format);
    const auto read = read_line(w.line, **format, rules);
    ASSERT_TRUE(read);
    const full_hit& found = *read;
    EXPECT_EQ(found.host, w.host);
    EXPECT_EQ(found.method, w.method);
    EXPECT_EQ(found.path, w.path);
    EXPECT_EQ(found.status, w.status);
    EXPECT_EQ(found.agent, w.agent);
    EXPECT_EQ(found.time, (timestamp{day::from_number(20240609), 36000, 7200, true}));
  }
}

TEST(text_format, is_refused_with_place_and_reason) {
  struct error_case {
    std::string format;
    std::size_t position;
    std::string reason;  // How it begins.
  };
  const error_case cases[] = {
      {"", 0, "neither"},
      {"hello", 0, "neither"},
      {"%l %t", 3, "no client"},
      {"%h %r", 3, "no day"},
      {"%h %{%T}t", 3, "no day"},
      {"%h%l %t", 2, "nothing stands between"},
      {"%h %{%s}t%{%F %T}t", 9, "nothing stands between"},
      {"%h %t %", 6, "a '%' without"},
      {"%h %t %{Referer", 6, "a '%' without"},
      {"%h %t %z", 6, "'%z' is no directive"},
      {"%h %{%F %Q}t", 8, "a conversion"},
      {"%h %{begin:%F %Q}t", 14, "a conversion"},
      {"$time_local $request", 12, "no client"},
      {"$remote_addr $request", 13, "no day"},
      {"$remote_addr$time_local", 12, "nothing stands between"},
      {R"({"ip":"$remote_addr","t":"$time_iso8601"})", 0, "it writes JSON"},
      {R"({ \"ip\":\"%h\", \"t\":\"%t\" })", 0, "it writes JSON"},
  };
  for (const error_case& c : cases) {
    SCOPED_TRACE(c.format);
    const auto format = compile_log_format(c.format);
    ASSERT_FALSE(format);
    EXPECT_EQ(format.error().position, c.position);
    EXPECT_TRUE(format.error().reason.starts_with(c.reason)) << format.error().reason;
  }
}

TEST(text_format, tells_json_from_text) {
  EXPECT_TRUE(is_json_shaped(R"({"a":"$remote_addr"})"));
  EXPECT_TRUE(is_json_shaped("  { \n \"a\": $msec }"));
  EXPECT_TRUE(is_json_shaped(R"({\"a\":\"%h\"})"));
  EXPECT_FALSE(is_json_shaped(""));
  EXPECT_FALSE(is_json_shaped("{"));
  EXPECT_FALSE(is_json_shaped("{$remote_addr} [$time_local]"));
  EXPECT_FALSE(is_json_shaped("$remote_addr {\"a\"}"));
}

TEST(text_format, fits_lines_from_the_first_to_the_last_byte) {
  struct fit_case {
    std::string format, line;
    bool fits;
  };
  const std::string c = "192.0.2.1 - - " + at;
  const fit_case cases[] = {
      {"combined", c + rest, true},
      {"combined", c + rest + "\r", true},
      {"combined", c + rest + " \"-\"", false},
      {"combined", c + R"( "GET / HTTP/1.1" 200 5)", false},
      {"combined", c + R"( "GET / HTTP/1.1" OK 5 "-" "-")", false},
      {"combined", "192.0.2.1 - - [32/Jun/2024:10:00:00 +0200]" + rest, false},
      {"common", c + R"( "GET / HTTP/1.1" 200 5)", true},
      {"common", c + R"( "GET / HTTP/1.1" 200 5 6)", false},
      {vhost, "www.example.com:443 " + c + rest, true},
      {vhost, "www.example.com " + c + rest, false},
      {nginx_host, "www.example.com " + c + R"( "GET")", true},
      {nginx_host, "192.0.2.7 " + c + R"( "GET")", false},
      {date_first, at + R"( [h:1] [client 192.0.2.1] "-" 408 -)", true},
  };
  for (const fit_case& f : cases) {
    EXPECT_EQ((*compile_log_format(f.format))->fits(f.line), f.fits) << f.format << "\n" << f.line;
  }
}

}  // namespace
}  // namespace countips
