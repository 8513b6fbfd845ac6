#include "json_lines.h"

#include <string_view>

namespace generate {

namespace {

std::string bracketed(std::string_view client) {
  const bool is_ipv6 = client.find(':') != std::string_view::npos;
  return is_ipv6 ? fmt::format("[{}]", client) : std::string(client);
}

}  // namespace

void append_caddy(const request& what, std::string& to) {
  append(to,
         R"({{"level":"info","ts":{}.3152757,"logger":"http.log.access.log0",)"
         R"("msg":"handled request","request":{{"remote_ip":"{}","remote_port":"50001",)"
         R"("client_ip":"{}","proto":"HTTP/2.0","method":"GET","host":"www.example.com",)"
         R"("uri":"{}","headers":{{"Accept":["*/*"],"User-Agent":["{}"],)"
         R"("Accept-Encoding":["gzip, deflate, br"],"Referer":["{}"]}},)"
         R"("tls":{{"resumed":false,"version":772,"cipher_suite":4865,"proto":"h2",)"
         R"("server_name":"www.example.com"}}}},"bytes_read":0,"user_id":"",)"
         R"("duration":0.00033987,"size":{},"status":{},"resp_headers":{{"Server":["Caddy"],)"
         R"("Content-Type":["text/html; charset=utf-8"]}}}})"
         "\n",
         what.when.epoch, what.client, what.client, target(what), what.agent, what.referer,
         what.bytes, what.status);
}

void append_nginx_json(const request& what, std::string& to) {
  append(to,
         R"({{"time_iso8601":"{}+00:00","remote_addr":"{}","request":"GET {} HTTP/1.1",)"
         R"("status":"{}","body_bytes_sent":{},"http_referer":"{}","http_user_agent":"{}",)"
         R"("host":"www.example.com","upstream_time":"0.003"}})"
         "\n",
         iso_time(what), what.client, target(what), what.status, what.bytes, what.referer,
         what.agent);
}

void append_traefik_json(const request& what, std::string& to) {
  append(to,
         R"({{"ClientAddr":"{0}:39496","ClientHost":"{1}","ClientPort":"39496",)"
         R"("ClientUsername":"-","DownstreamContentSize":{2},"DownstreamStatus":{3},)"
         R"("Duration":215563,"OriginStatus":{3},"RequestAddr":"www.example.com",)"
         R"("RequestCount":113,"RequestHost":"www.example.com","RequestMethod":"GET",)"
         R"("RequestPath":"{4}","RequestPort":"-","RequestProtocol":"HTTP/1.1",)"
         R"("RouterName":"web@docker","StartLocal":"{5}.25Z","StartUTC":"{5}.25Z",)"
         R"("entryPointName":"http","level":"info","msg":"","request_User-Agent":"{6}",)"
         R"("time":"{5}Z"}})"
         "\n",
         bracketed(what.client), what.client, what.bytes, what.status, target(what), iso_time(what),
         what.agent);
}

}  // namespace generate
