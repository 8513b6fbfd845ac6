#include "countips/formats/json_formats.h"

#include <utility>

#include "countips/formats/json_reader.h"
#include "countips/formats/read_lines.h"

namespace countips {

namespace {

class json_log final : public log_format {
 public:
  explicit json_log(json_description of) : of_(std::move(of)) {}

  [[nodiscard]] std::string name() const override { return of_.name; }
  [[nodiscard]] std::unique_ptr<block_reader> make_reader(const read_rules& rules) const override {
    return std::make_unique<lines_reader<json_reader>>(rules, of_, rules);
  }

  // Programs log the addresses of clients in JSON for other reasons as well.
  using log_format::explains;
  [[nodiscard]] std::size_t explains(std::string_view line) const override {
    return tells_of_request(of_, line) ? line.size() : 0;
  }
  [[nodiscard]] bool is_told_by_address() const override { return false; }
  [[nodiscard]] bool is_told_by_shape() const override { return true; }

 private:
  const json_description of_;
};

// The client that Caddy says is that of the peer until 2.7, and that of trusted proxies' headers
// since then. Requests that no route handles are NOPs. Handlers and the error log write the request
// into messages of their own.
json_description caddy() {
  return {.name = "caddy",
          .client = {"request/client_ip", "request/remote_ip", "request/remote_addr"},
          .forwarded = {"request/headers/X-Forwarded-For"},
          .time = {"ts"},
          .marker = "msg",
          .marker_values = {"handled request", "NOP"},
          .status = {"status"},
          .method = {"request/method"},
          .path = {"request/uri"},
          .request = {},
          .agent = {"request/headers/User-Agent"},
          .host = {"request/host"},
          .message = {"msg", "level"}};
}

// Traefik writes its times in UTC as long as StartUTC is among the fields, and so does this.
json_description traefik() {
  return {.name = "traefik_json",
          .client = {"ClientHost", "ClientAddr"},
          .forwarded = {"request_X-Forwarded-For"},
          .time = {"StartUTC", "StartLocal", "time"},
          .marker = {},
          .marker_values = {},
          .status = {"DownstreamStatus"},
          .method = {"RequestMethod"},
          .path = {"RequestPath"},
          .request = {},
          .agent = {"request_User-Agent"},
          .host = {"RequestHost", "RequestAddr"},
          .message = {"msg", "level"}};
}

// Of the load balancers of Google Cloud.
json_description gcp() {
  return {.name = "gcp",
          .client = {"httpRequest/remoteIp"},
          .forwarded = {},
          .time = {"timestamp"},
          .marker = {},
          .marker_values = {},
          .status = {"httpRequest/status"},
          .method = {"httpRequest/requestMethod"},
          .path = {"httpRequest/requestUrl"},
          .request = {},
          .agent = {"httpRequest/userAgent"},
          .host = {},
          .message = {"severity", "textPayload", "logName"}};
}

json_description cloudflare() {
  return {.name = "cloudflare",
          .client = {"ClientIP"},
          .forwarded = {},
          .time = {"EdgeStartTimestamp", "EdgeEndTimestamp"},
          .marker = {},
          .marker_values = {},
          .status = {"EdgeResponseStatus"},
          .method = {"ClientRequestMethod"},
          .path = {"ClientRequestURI", "ClientRequestPath"},
          .request = {},
          .agent = {"ClientRequestUserAgent"},
          .host = {"ClientRequestHost"},
          .message = {}};
}

// The keys are the user's; these are of Envoy's examples, of Envoy Gateway, and of Istio. What
// proxies say is the client where no peer is logged.
json_description envoy() {
  return {.name = "envoy_json",
          .client = {"downstream_remote_address", "downstream_remote_address_without_port",
                     "downstream_direct_remote_address", "x_forwarded_for", "x-forwarded-for"},
          .forwarded = {"x_forwarded_for", "x-forwarded-for"},
          .time = {"start_time"},
          .marker = {},
          .marker_values = {},
          .status = {"response_code"},
          .method = {"method", ":method"},
          .path = {"x-envoy-origin-path", "x_envoy_origin_path", "path", ":path"},
          .request = {},
          .agent = {"user_agent", "user-agent"},
          .host = {"authority", ":authority"},
          .message = {"msg", "message", "level"}};
}

// Shippers write the keys of the common schema nested or with points in them.
json_description ecs() {
  return {.name = "ecs",
          .client = {"source/ip", "source.ip", "client/ip", "client.ip", "source/address",
                     "source.address", "client/address", "client.address"},
          .forwarded = {},
          .time = {"@timestamp"},
          .marker = {},
          .marker_values = {},
          .status = {"http/response/status_code", "http.response.status_code"},
          .method = {"http/request/method", "http.request.method"},
          .path = {"url/original", "url.original", "url/path", "url.path"},
          .request = {},
          .agent = {"user_agent/original", "user_agent.original"},
          .host = {"url/domain", "url.domain"},
          .message = {"message", "log/level", "log.level"}};
}

// The keys are the user's; these are the names of nginx's variables and what people call them. What
// proxies say is the client where no peer is logged.
json_description nginx() {
  const json_description::paths forwarded = {"http_x_forwarded_for",
                                             "x_forwarded_for",
                                             "x-forwarded-for",
                                             "X-Forwarded-For",
                                             "xff",
                                             "forwarded_for",
                                             "proxy_add_x_forwarded_for"};
  json_description::paths client = {
      "remote_addr",        "remote_ip",  "client_ip",      "clientip",
      "clientIp",           "clientIP",   "client",         "ip",
      "remoteAddr",         "remoteIp",   "remote_address", "remote_host",
      "realip_remote_addr", "client_addr"};
  client.insert(client.end(), forwarded.begin(), forwarded.end());
  return {.name = "nginx_json",
          .client = client,
          .forwarded = forwarded,
          .time = {"time_iso8601", "time_local", "msec", "@timestamp", "timestamp", "time", "ts",
                   "datetime", "date", "time_msec"},
          .marker = {},
          .marker_values = {},
          .status = {"status", "response", "response_code", "status_code", "code"},
          .method = {"request_method", "method", "verb"},
          .path = {"request_uri", "uri", "url", "path", "request_path"},
          .vague = {"uri", "url", "path"},
          .request = {"request", "request_line"},
          .agent = {"http_user_agent", "user_agent", "userAgent", "agent", "ua"},
          .host = {"host", "http_host", "server_name", "vhost", "domain"},
          .message = {"msg", "message", "level"}};
}

}  // namespace

std::shared_ptr<const log_format> json_format(json_description of) {
  return std::make_shared<json_log>(std::move(of));
}

std::vector<std::shared_ptr<const log_format>> json_formats() {
  std::vector<std::shared_ptr<const log_format>> all;
  for (const auto& describe : {caddy, traefik, gcp, cloudflare, envoy, ecs, nginx}) {
    all.push_back(json_format(describe()));
  }
  return all;
}

}  // namespace countips
