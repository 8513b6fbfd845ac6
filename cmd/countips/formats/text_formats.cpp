#include "countips/formats/text_formats.h"

#include <array>
#include <cassert>
#include <string>
#include <string_view>

namespace countips {

namespace {

struct known_format {
  std::string_view name;
  std::string_view text;
};

constexpr std::array known_formats = {
    known_format{"npmplus", R"([$time_local] $host $remote_addr $request_time "$request" $status )"
                            "$body_bytes_sent $bytes_sent $http_referer $http_user_agent"},
    known_format{"time_first",
                 R"(%t [%v:%p] [client %h] "%r" %>s %b "%{Referer}i" "%{User-agent}i")"},
    known_format{"traefik",
                 R"($remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent )"
                 R"("$http_referer" "$http_user_agent" $connection_requests "$router" )"
                 R"("$service" ${milliseconds}ms)"},
    known_format{"combined_forwarded",
                 R"($remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent )"
                 R"("$http_referer" "$http_user_agent" "$http_x_forwarded_for")"},
    known_format{"vhost_combined",
                 R"(%v:%p %h %l %u %t "%r" %>s %O "%{Referer}i" "%{User-agent}i")"},
    known_format{"vhost_common", R"(%v:%p %h %l %u %t "%r" %>s %b)"},
    known_format{"gandi", R"(%v %h %l %u %t (%T s) "%r" %>s %b "%{Referer}i" "%{User-agent}i")"},
    known_format{"host_combined", R"(%v %h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-agent}i")"},
    known_format{"host_common", R"(%v %h %l %u %t "%r" %>s %b)"},
    known_format{"port_combined",
                 R"($remote_addr:$remote_port - $remote_user [$time_local] "$request" $status )"
                 R"($body_bytes_sent "$http_referer" "$http_user_agent")"},
    known_format{"client_host_combined",
                 R"(%h %v %u %t "%r" %>s %b "%{Referer}i" "%{User-agent}i")"},
    known_format{"combined", R"(%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-agent}i")"},
    known_format{"common", R"(%h %l %u %t "%r" %>s %b)"},
    known_format{"combined_iso",
                 R"($remote_addr - $remote_user [$time_iso8601] "$request" $status )"
                 R"($body_bytes_sent "$http_referer" "$http_user_agent")"},
    known_format{"combined_bare_iso",
                 R"($remote_addr - $remote_user $time_iso8601 "$request" $status )"
                 R"($body_bytes_sent "$http_referer" "$http_user_agent")"},
    known_format{"host_client_time", R"(%v %h %t "%r" %>s %b "%{Referer}i" "%{User-agent}i")"},
    known_format{"zoraxy",
                 "$date $clock [$time_iso8601] [router:$router] [origin:$host] "
                 "[client: $remote_addr] [useragent: $http_user_agent] "
                 "$request_method $uri $status"},
    known_format{"client_time", R"(%h %t "%r" %>s %b "%{Referer}i" "%{User-agent}i")"},
};

std::shared_ptr<const text_format> compiled(const known_format& known) {
  const bool is_nginx = known.text.find('$') != std::string_view::npos;
  const std::string name(known.name);
  auto format =
      is_nginx ? compile_nginx_format(known.text, name) : compile_apache_format(known.text, name);
  assert(format);
  return *format;
}

}  // namespace

std::vector<std::shared_ptr<const text_format>> text_formats() {
  std::vector<std::shared_ptr<const text_format>> formats;
  formats.reserve(known_formats.size());
  for (const known_format& known : known_formats) formats.push_back(compiled(known));
  return formats;
}

}  // namespace countips
