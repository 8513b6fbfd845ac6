#include "cmd/countips/format_rows.h"

namespace countips {

namespace {

const std::string combined = R"("<request>" <status> 512 "-" "<agent>")";
const std::string caddy_head =
    R"({"level":"info","ts":<epoch>.25,"logger":"http.log.access","msg":)";
const std::string caddy_rest =
    R"(,"request":{"remote_ip":"10.0.0.1","remote_port":"5","client_ip":"<one>","proto":"HTTP/2.0",)"
    R"("method":"<method>","host":"<host>","uri":"<path>","headers":{"User-Agent":["<agent>"]}},)"
    R"("bytes_read":0,"status":<status>,"resp_headers":{"Server":["Caddy"]}})";
const std::string caddy = caddy_head + R"("handled request")" + caddy_rest;
const std::string unrouted_caddy = caddy_head + R"("NOP")" + caddy_rest;
const std::string envoy_json =
    R"({":authority":"<host>","bytes_received":0,"downstream_remote_address":"<peer>","method":)"
    R"("<method>","response_code":<status>,"start_time":"<isoz>","upstream_host":null,)"
    R"("user-agent":"<agent>","x-envoy-origin-path":"<path>"})";
const std::string escaped_combined =
    R"(<client> - <user> [<clf>] \"<request>\" <status> 512 \"-\" \"<agent>\")";

const std::vector<format_row> rows = {
    {"common", apache_text, {R"(<client> - <user> [<clf>] "<request>" <status> 512)"}},
    {"combined", apache_text, {"<client> - <user> [<clf>] " + combined}},
    {"combined_forwarded", nginx_text, {"<client> - <user> [<clf>] " + combined + " \"<list>\""}},
    {"traefik",
     apache_text,
     {"<client> - <user> [<clf>] " + combined + R"( 72 "web@docker" "http://10.0.0.3:80" 3ms)"}},
    {"vhost_combined", apache_text, {"<host>:443 <client> - <user> [<clf>] " + combined}},
    {"vhost_common",
     apache_text,
     {R"(<host>:80 <client> - <user> [<clf>] "<request>" <status> 5)"}},
    {"host_combined", apache_text, {"<host> <client> - <user> [<clf>] " + combined}},
    {"host_common", apache_text, {R"(<host> <client> - <user> [<clf>] "<request>" <status> 5)"}},
    {"gandi", apache_text, {"<host> <client> - <user> [<clf>] (0 s) " + combined}},
    {"port_combined", nginx_text, {"<peer> - <user> [<clf>] " + combined}},
    {"client_host_combined", apache_text, {"<client> <host> <user> [<clf>] " + combined}},
    {"combined_iso", nginx_text, {"<client> - <user> [<iso>] " + combined}},
    {"combined_bare_iso", nginx_text, {"<client> - <user> <iso> " + combined}},
    {"host_client_time", apache_text, {"<host> <client> [<clf>] " + combined}},
    {"client_time", apache_text, {"<client> [<clf>] " + combined}},
    {"time_first", apache_text, {"[<clf>] [<host>:443] [client <client>] " + combined}},
    {"npmplus",
     nginx_text,
     {R"([<clf>] <host> <client> 0.012 "<request>" <status> 512 940 - <agent>)"}},
    {"zoraxy",
     apache_text,
     {"<day> <clock> [<day> <clock>.000001] [router:web] [origin:<host>] [client: <address>] "
      "[useragent: <agent>] <method> <path> <status>"}},
    {"nginx_proxy_manager",
     nginx_text,
     {R"([<clf>] - <status> <status> - <method> https <host> "<path>" [Client <client>] )"
      R"([Length 5] [Gzip -] [Sent-to app] "<agent>" "-")",
      R"([<clf>] <status> - <method> http <host> "<path>" [Client <client>] [Length 5] [Gzip -] )"
      R"("<agent>" "-")"}},
    {"uwsgi",
     raw_text,
     {"[pid: 81|app: 0|req: 1/1] <client> () {38 vars in 696 bytes} [<ctime>] <request> => "
      "generated 47 bytes in 129 msecs (HTTP/1.1 <status>) 9 headers in 378 bytes (1 switches)"}},
    {"haproxy",
     url_text,
     {R"(<colon peer> [<haproxy>] web~ app/node1 0/0/0/72/72 <status> 7 - - ---- 5/4/0/1/0 0/0 )"
      R"("<request>")",
      R"(Jun  9 22:00:02 lb1 haproxy[7]: <colon peer> [<haproxy>] main main/<NOSRV> )"
      R"(-1/-1/-1/-1/0 <status> 248 - - PR-- 0/0/0/0/0 0/0 "<request>")"}},
    {"haproxy_tcp",
     url_text,
     {"<colon peer> [<haproxy>] db pool/node1 0/0/5007 212 -- 0/0/0/0/3 0/0"}},
    {"squid",
     word_text,
     {"<epoch>.481      4 <one> TCP_MISS/<status> 1661 <method> http://<host>/<path> - "
      "HIER_DIRECT/198.51.100.80 text/html"}},
    {"alb",
     apache_text,
     {R"(https <isoz> app/web/49 <peer> 10.0.0.1:80 0.086 0.048 0.037 <status> 200 0 57 )"
      R"("<request>" "<agent>" ECDHE TLSv1.2 arn:aws:x "Root=1-58" "<host>" "-" 0)",
      R"(http <isoz> app/web/49 <peer> - -1 -1 -1 <status> - 204 167 "<request>" "<agent>" - -)"}},
    {"elb",
     apache_text,
     {R"(<isoz> balancer <peer> 10.0.0.1:80 0.1 0.1 0.1 <status> 200 0 57 "<request>" "<agent>" )"
      "- -"}},
    {"s3",
     apache_text,
     {R"(79a59df900b949e5 bucket [<clf>] <one> - 3E57427F3 REST.GET.OBJECT a.jpg "<request>" )"
      R"(<status> - 113 - 7 - "-" "<agent>" - s9lzHY SigV4 ECDHE AuthHeader <host> TLSv1.2)"}},
    {"envoy",
     unescaped_text,
     {R"([<isoz>] "<request>" <status> - 154 0 226 100 "<address>" "<agent>" "cc21d9b0" "<host>" )"
      R"("tcp://10.0.2.1:80")"}},
    {"istio",
     unescaped_text,
     {R"([<isoz>] "<request>" <status> - via_upstream - "-" 0 135 5 2 "203.0.113.1" "<agent>" )"
      R"("cc21d9b0" "<host>:8000" "10.0.0.7:80" inbound|8000|| 127.0.0.6:44197 10.0.0.7:80 <peer> )"
      "outbound_.8000_._.<host> default"}},
    {"caddy", json_text, {caddy, unrouted_caddy}},
    {"traefik_json",
     json_text,
     {R"({"ClientAddr":"<peer>","ClientHost":"<one>","DownstreamStatus":<status>,"RequestHost":)"
      R"("<host>","RequestMethod":"<method>","RequestPath":"<path>","StartUTC":"<isoz>","level":)"
      R"("info","msg":"","request_User-Agent":"<agent>","time":"2020-01-01T00:00:00Z"})"}},
    {"gcp",
     json_text,
     {R"({"httpRequest":{"remoteIp":"<one>","requestMethod":"<method>","requestUrl":)"
      R"("https://<host>/<path>","status":<status>,"userAgent":"<agent>"},"insertId":"1a",)"
      R"("severity":"INFO","timestamp":"<isoz>"})"}},
    {"cloudflare",
     json_text,
     {R"({"ClientIP":"<one>","ClientRequestHost":"<host>","ClientRequestMethod":"<method>",)"
      R"("ClientRequestURI":"<path>","ClientRequestUserAgent":"<agent>","EdgeResponseStatus":)"
      R"(<status>,"EdgeStartTimestamp":<epoch>})",
      R"({"EdgeStartTimestamp":<epoch>000000000,"ClientIP":"<one>","ClientRequestURI":"<path>",)"
      R"("EdgeResponseStatus":<status>,"ClientRequestUserAgent":"<agent>"})"}},
    {"envoy_json", json_text, {envoy_json}},
    {"ecs",
     json_text,
     {R"({"@timestamp":"<isoz>","http":{"request":{"method":"<method>"},"response":)"
      R"({"status_code":<status>}},"source":{"address":"10.0.0.9","ip":"<one>"},"url":)"
      R"({"original":"<path>","domain":"<host>"},"user_agent":{"original":"<agent>"}})",
      R"({"@timestamp":"<isoz>","log.level":"info","source.ip":"<one>","http.request.method":)"
      R"("<method>","http.response.status_code":<status>,"url.original":"<path>",)"
      R"("user_agent.original":"<agent>"})"}},
    {"nginx_json",
     json_text,
     {R"({"time_iso8601":"<iso>","remote_addr":"<one>","request":"<request>","status":"<status>",)"
      R"("http_user_agent":"<agent>","host":"<host>"})",
      R"({ "msec": "<epoch>.322", "ip": "<client>", "request_uri": "<path>", "status": <status> })",
      R"({"time_local":"<clf>","http_x_forwarded_for":"<client>","request":"<request>",)"
      R"("status":"<status>"})"}},
    {"w3c",
     word_text,
     {"<day> <clock> 10.0.0.1 <method> <path> <raw query> 443 - <word> <agent> - <status> 0 0 15",
      "<day>\t<clock>\t<word>\t<path>\t<status>"},
     {"#Software: Microsoft IIS\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port "
      "cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status "
      "time-taken\n",
      "#Version: 1.0\n#Fields: date time c-ip cs-uri-stem sc-status\n"}},
    {"cloudfront",
     url_text,
     {"<day>\t<clock>\tCDG50-P2\t703\t<ip>\t<method>\td1.example.net\t<path>\t<status>\t-\t<"
      "agent>",
      "<day>\t<clock>\tCDG50-P2\t703\t<ip>\t<method>\td1.example.net\t<path>\t<status>\t-\t<"
      "agent>"},
     {"", ""}},
    {"zeek",
     word_text,
     {"<epoch>.452687\tCwFs1P2\t<word>\t52026\t198.51.100.80\t80\t<method>\t<host>\t<path>"},
     {"#separator "
      "\\x09\n#path\thttp\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\t"
      "method\thost\turi\n"}},
    {"ltsv",
     apache_text,
     {"time:[<clf>]\thost:<one>\treq:<request>\tstatus:<status>\tua:<agent>\tvhost:<host>",
      "status:<status>\ttime_iso8601:<iso>\thost:<host>\tremote_addr:<one>\tua:<agent>"}},
    {"combined in syslog",
     apache_text,
     {"Jun  9 10:00:00 web1 nginx: <client> - <user> [<clf>] " + combined,
      "<190>Jun 19 10:00:00 web1 nginx: <client> - <user> [<clf>] " + combined}},
    {"combined in rfc5424",
     apache_text,
     {"<190>1 2020-01-01T00:00:00Z web1 nginx 812 access - <client> - <user> [<clf>] " + combined}},
    {"combined in timestamp",
     apache_text,
     {"2020-01-01T00:00:00.123456789Z <client> - <user> [<clf>] " + combined}},
    {"combined in docker",
     apache_in_json,
     {R"({"log":")" + escaped_combined +
      R"(\n","stream":"stdout","time":"2020-01-01T00:00:00Z"})"}},
    {"combined in journal",
     apache_in_json,
     {R"({"__REALTIME_TIMESTAMP":"1","MESSAGE":")" + escaped_combined + R"(","PRIORITY":"6"})"}},
    {"combined in message",
     apache_in_json,
     {R"({"@timestamp":"2020-01-01T00:00:00Z","message":")" + escaped_combined + R"("})"}},
    {"caddy in compose", json_text, {"caddy-1  | " + caddy}},
    {"envoy_json in cri", json_text, {"2020-01-01T00:00:00.1+01:00 stdout F " + envoy_json}},
};

}  // namespace

const std::vector<format_row>& format_rows() {
  return rows;
}

}  // namespace countips
