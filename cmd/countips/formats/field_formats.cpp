#include "countips/formats/field_formats.h"

#include "countips/formats/delimited.h"
#include "countips/formats/fixed_layouts.h"
#include "countips/formats/haproxy.h"
#include "countips/formats/ltsv.h"
#include "countips/formats/nginx_proxy_manager.h"
#include "countips/formats/uwsgi.h"
#include "countips/formats/w3c.h"

namespace countips {

std::vector<std::shared_ptr<const log_format>> field_formats() {
  return {w3c_format(),
          zeek_format(),
          cloudfront_format(),
          delimited_format("alb", alb_layout()),
          delimited_format("elb", elb_layout()),
          delimited_format("s3", s3_layout()),
          delimited_format("istio", istio_layout()),
          delimited_format("envoy", envoy_layout()),
          uwsgi_format(),
          nginx_proxy_manager_format(),
          haproxy_format(),
          haproxy_tcp_format(),
          delimited_format("squid", squid_layout()),
          ltsv_format()};
}

}  // namespace countips
