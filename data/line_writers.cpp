#include "line_writers.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "json_lines.h"

namespace generate {

namespace {

std::string_view query_or_dash(const request& what) {
  return what.query.empty() ? std::string_view("-") : std::string_view(what.query);
}

// As IIS and CloudFront write them, which have no blanks within fields.
std::string with_blanks_as(std::string_view text, std::string_view blank) {
  std::string made;
  for (const char c : text) c == ' ' ? made += blank : made += c;
  return made;
}

// From the request on.
void append_combined_tail(const request& what, std::string& to) {
  to.append("\"GET ").append(what.path);
  if (!what.query.empty()) to.append(1, '?').append(what.query);
  append(to, R"( HTTP/1.1" {} {} "{}" "{}")", what.status, what.bytes, what.referer, what.agent);
}

void append_combined(const request& what, std::string& to) {
  to.append(what.client).append(" - - [").append(what.when.clf).append(" +0000] ");
  append_combined_tail(what, to);
}

void combined(const request& what, std::string& to) {
  append_combined(what, to);
  to += '\n';
}

void combined_user(const request& what, std::string& to) {
  append(to, "{} - frank [{}] ", what.client, clf_time(what));
  append_combined_tail(what, to);
  to += '\n';
}

void common(const request& what, std::string& to) {
  append(to, "{} - - [{}] \"GET {} HTTP/1.1\" {} {}\n", what.client, clf_time(what), target(what),
         what.status, what.bytes);
}

void port_combined(const request& what, std::string& to) {
  append(to, "{}:{} - - [{}] ", what.client, 32768 + what.bytes % 28232, clf_time(what));
  append_combined_tail(what, to);
  to += '\n';
}

void host_combined(const request& what, std::string& to) {
  to += "www.example.com ";
  combined(what, to);
}

void client_host_combined(const request& what, std::string& to) {
  append(to, "{} www.example.com - [{}] ", what.client, clf_time(what));
  append_combined_tail(what, to);
  to += '\n';
}

void time_first(const request& what, std::string& to) {
  append(to, "[{}] [www.example.com:443] [client {}] ", clf_time(what), what.client);
  append_combined_tail(what, to);
  to += '\n';
}

void npmplus(const request& what, std::string& to) {
  append(to, "[{}] www.example.com {} 0.{:03} \"GET {} HTTP/1.1\" {} {} 940 {} {}\n",
         clf_time(what), what.client, what.bytes % 1000, target(what), what.status, what.bytes,
         what.referer, what.agent);
}

void vhost_combined(const request& what, std::string& to) {
  to += "www.example.com:443 ";
  combined(what, to);
}

void combined_iso(const request& what, std::string& to) {
  append(to, "{} - - [{}+00:00] ", what.client, iso_time(what));
  append_combined_tail(what, to);
  to += '\n';
}

void traefik(const request& what, std::string& to) {
  append_combined(what, to);
  to += " 72 \"web@docker\" \"http://10.0.0.3:80\" 3ms\n";
}

void syslog(const request& what, std::string& to) {
  append(to, "{} web1 nginx: ", std::string_view(what.when.ctime).substr(4, 15));
  combined(what, to);
}

void cri(const request& what, std::string& to) {
  append(to, "{}.5Z stdout F ", iso_time(what));
  combined(what, to);
}

void docker(const request& what, std::string& to) {
  std::string line;
  append_combined(what, line);
  to += R"({"log":")";
  for (const char c : line) c == '"' ? to += "\\\"" : to += c;
  append(to,
         R"(\n","stream":"stdout","time":"{}.5Z"}})"
         "\n",
         iso_time(what));
}

void w3c(const request& what, std::string& to) {
  append(to, "{} {} 10.0.0.1 GET {} {} 443 - {} {} {} {} 0 0 15\n", what.when.date, what.when.clock,
         what.path, query_or_dash(what), what.client, with_blanks_as(what.agent, "+"), what.referer,
         what.status);
}

void cloudfront(const request& what, std::string& to) {
  append(to,
         "{}\t{}\tCDG50-P2\t{}\t{}\tGET\td1.example.net\t{}\t{}\t{}\t{}\t{}\t-\tHit\tabc==\t"
         "www.example.com\thttps\t62\t0.113\t-\tTLSv1.3\tAES\tHit\tHTTP/2.0\t-\t-\t51754\t0.113\t"
         "Hit\ttext/html\t5\t-\t-\n",
         what.when.date, what.when.clock, what.bytes, what.client, what.path, what.status,
         what.referer, with_blanks_as(what.agent, "%20"), query_or_dash(what));
}

void zeek(const request& what, std::string& to) {
  append(to,
         "{}.481000\tCHhAvVGS1DHFjwGM9\t{}\t50001\t10.0.0.1\t80\t1\tGET\twww.example.com\t{}\t"
         "{}\t1.1\t{}\t{}\n",
         what.when.epoch, what.client, target(what), what.referer, what.agent, what.status);
}

void append_elb(const request& what, std::string& to) {
  append(to,
         "{}.186641Z app/web/490d68edf04676fe {}:44740 10.0.0.1:80 0.086 0.048 0.037 {} {} 0 {} "
         "\"GET https://www.example.com:443{} HTTP/1.1\" \"{}\" ECDHE-RSA-AES128-GCM-SHA256 "
         "TLSv1.2",
         iso_time(what), what.client, what.status, what.status, what.bytes, target(what),
         what.agent);
}

void elb(const request& what, std::string& to) {
  append_elb(what, to);
  to += '\n';
}

void alb(const request& what, std::string& to) {
  to += "https ";
  append_elb(what, to);
  append(to,
         " arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/web/1 \"Root=1-6449814b\" "
         "\"www.example.com\" \"-\" 0 {}.100000Z \"forward\" \"-\" \"-\" \"10.0.0.1:80\" \"{}\" "
         "\"-\" \"-\"\n",
         iso_time(what), what.status);
}

void s3(const request& what, std::string& to) {
  append(to,
         "79a59df900b949e5 examplebucket [{}] {} - 3E57427F3EXAMPLE REST.GET.OBJECT {} "
         "\"GET {} HTTP/1.1\" {} - {} {} 44 43 \"{}\" \"{}\" - id= SigV4 ECDHE AuthHeader "
         "examplebucket.s3.example.com TLSV1.2 - -\n",
         clf_time(what), what.client, what.path, target(what), what.status, what.bytes, what.bytes,
         what.referer, what.agent);
}

void haproxy(const request& what, std::string& to) {
  append(to,
         "{}:55008 [{}.584] web~ app/node1 0/0/0/72/72 {} {} - - ---- 5/4/0/1/0 0/0 "
         "\"GET {} HTTP/1.1\"\n",
         what.client, what.when.clf, what.status, what.bytes, target(what));
}

void haproxy_tcp(const request& what, std::string& to) {
  append(to, "{}:55008 [{}.584] db pool/node1 0/0/5007 {} -- 0/0/0/0/3 0/0\n", what.client,
         what.when.clf, what.bytes);
}

void squid(const request& what, std::string& to) {
  append(to,
         "{}.481      4 {} TCP_MISS/{} {} GET http://www.example.com{} - "
         "HIER_DIRECT/10.0.0.3 text/html\n",
         what.when.epoch, what.client, what.status, what.bytes, target(what));
}

void ltsv(const request& what, std::string& to) {
  append(to,
         "time:[{}]\thost:{}\tforwardedfor:-\treq:GET {} HTTP/1.1\tstatus:{}\tsize:{}\t"
         "referer:{}\tua:{}\tvhost:www.example.com\n",
         clf_time(what), what.client, target(what), what.status, what.bytes, what.referer,
         what.agent);
}

void envoy(const request& what, std::string& to) {
  append(to,
         "[{}.310Z] \"GET {} HTTP/2\" {} - 0 {} 226 100 \"{}\" \"{}\" "
         "\"cc21d9b0-cf5c-432b-8c7e-98aeb7988cd2\" \"www.example.com\" \"tcp://10.0.2.1:80\"\n",
         iso_time(what), target(what), what.status, what.bytes, what.client, what.agent);
}

void istio(const request& what, std::string& to) {
  append(to,
         "[{}.310Z] \"GET {} HTTP/1.1\" {} - via_upstream - \"-\" 0 {} 5 2 \"203.0.113.1\" \"{}\" "
         "\"cc21d9b0\" \"www.example.com\" \"10.0.0.7:80\" inbound|8000|| 127.0.0.6:44197 "
         "10.0.0.7:80 {}:37652 outbound_.8000_._.example.com default\n",
         iso_time(what), target(what), what.status, what.bytes, what.agent, what.client);
}

void uwsgi(const request& what, std::string& to) {
  append(to,
         "[pid: 81|app: 0|req: 1/1] {} () {{38 vars in 696 bytes}} [{}] GET {} => generated {} "
         "bytes in 129 msecs (HTTP/1.1 {}) 9 headers in 378 bytes (1 switches on core 3)\n",
         what.client, what.when.ctime, target(what), what.bytes, what.status);
}

void nginx_proxy_manager(const request& what, std::string& to) {
  append(to,
         "[{}] - {} {} - GET https www.example.com \"{}\" [Client {}] [Length {}] [Gzip -] "
         "[Sent-to app] \"{}\" \"{}\"\n",
         clf_time(what), what.status, what.status, target(what), what.client, what.bytes,
         what.agent, what.referer);
}

constexpr std::string_view w3c_header =
    "#Software: Microsoft Internet Information Services 10.0\n"
    "#Version: 1.0\n"
    "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip "
    "cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken\n";

constexpr std::string_view zeek_header =
    "#separator \\x09\n"
    "#set_separator\t,\n"
    "#empty_field\t(empty)\n"
    "#unset_field\t-\n"
    "#path\thttp\n"
    "#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\ttrans_depth\tmethod\thost\t"
    "uri\treferrer\tversion\tuser_agent\tstatus_code\n"
    "#types\ttime\tstring\taddr\tport\taddr\tport\tcount\tstring\tstring\tstring\tstring\tstring\t"
    "string\tcount\n";

constexpr std::array<line_writer, 31> writers = {{
    {"combined", "", combined},
    {"combined_user", "", combined_user},
    {"common", "", common},
    {"vhost_combined", "", vhost_combined},
    {"host_combined", "", host_combined},
    {"port_combined", "", port_combined},
    {"client_host_combined", "", client_host_combined},
    {"time_first", "", time_first},
    {"npmplus", "", npmplus},
    {"combined_iso", "", combined_iso},
    {"traefik", "", traefik},
    {"syslog", "", syslog},
    {"cri", "", cri},
    {"docker", "", docker},
    {"caddy", "", append_caddy},
    {"nginx_json", "", append_nginx_json},
    {"traefik_json", "", append_traefik_json},
    {"w3c", w3c_header, w3c},
    {"cloudfront", "", cloudfront},
    {"zeek", zeek_header, zeek},
    {"elb", "", elb},
    {"alb", "", alb},
    {"s3", "", s3},
    {"haproxy", "", haproxy},
    {"haproxy_tcp", "", haproxy_tcp},
    {"squid", "", squid},
    {"ltsv", "", ltsv},
    {"envoy", "", envoy},
    {"istio", "", istio},
    {"uwsgi", "", uwsgi},
    {"nginx_proxy_manager", "", nginx_proxy_manager},
}};

}  // namespace

std::span<const line_writer> line_writers() {
  return writers;
}

const line_writer* line_writer_named(std::string_view name) {
  const auto* const found = std::ranges::find(writers, name, &line_writer::name);
  return found == writers.end() ? nullptr : found;
}

}  // namespace generate
