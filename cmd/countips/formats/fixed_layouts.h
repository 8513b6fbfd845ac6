// The columns of formats whose lines all have the same.
//
//   ALB        https 2024-01-02T03:04:05.678901Z app/name/id client:port target:port times...
//              status status bytes bytes "request" "agent" ...
//              (load balancer for applications)
//   ELB        2024-01-02T03:04:05.678901Z name client:port backend:port times... status status
//              bytes bytes "request" "agent" ...
//              (classic load balancer)
//   S3         owner bucket [02/Jan/2024:03:04:05 +0000] client requester id operation key
//              "request" status ...
//   Squid      1704164645.678    123 client TCP_MISS/200 bytes GET URL user hierarchy type
//   Envoy      [2024-01-02T03:04:05.678Z] "request" status flags ... "forwarded for" "agent" ...
//   Istio      the same with more columns, one of which is the peer
//
// Fields behind the last one that is known are skipped, as new ones are added over the years.
#pragma once

#include "countips/formats/field_layout.h"

namespace countips {

[[nodiscard]] field_layout alb_layout();

// Lines of TCP listeners are line_kind::other.
[[nodiscard]] field_layout elb_layout();

// Lines without a client, such as those of the lifecycle, are line_kind::other.
[[nodiscard]] field_layout s3_layout();

[[nodiscard]] field_layout squid_layout();

// The client is what X-Forwarded-For held, as the line has no other. TCP connections are
// line_kind::other.
[[nodiscard]] field_layout envoy_layout();
[[nodiscard]] field_layout istio_layout();

}  // namespace countips
