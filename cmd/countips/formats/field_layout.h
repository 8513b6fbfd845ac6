// What the fields of a line are, by their columns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "countips/formats/field_cutter.h"
#include "countips/formats/line_time.h"
#include "countips/formats/request_keeper.h"
#include "countips/records/record.h"
#include "countips/times/day.h"

namespace countips {

enum class column_role : std::uint8_t {
  checked,    // See field_layout::check.
  peer,       // Who the server talked to: the client, or a proxy.
  forwarded,  // What proxies fill in.
  time,
  date,
  clock,
  status,
  cache_status,   // "TCP_HIT/200": the status is behind the slash.
  request,        // "GET /index.html HTTP/1.1"
  first_request,  // The same, and a status is in the column behind: see next_before_number.
  method,
  path,
  query,
  agent,
  host,
};
constexpr std::size_t field_roles = 15;

struct field_column {
  std::size_t number = 0;  // The first is 0.
  column_role role = column_role::checked;
};

// How many columns a line must have, besides those that tell its client and time.
enum class column_rule : std::uint8_t {
  any,
  if_named,  // Exactly field_layout::count if its client is no address: a blank too many in another
             // field would make a client of any word.
  exact,     // Exactly field_layout::count.
};

struct field_layout {
  field_syntax syntax;
  std::vector<field_column> columns;  // In the order of their numbers.
  time_shape time = time_shape::any;
  client_port port = client_port::maybe;
  std::size_t count = 0;
  column_rule rule = column_rule::any;

  // What kind of line it is by the column with the role `checked`.
  line_kind (*check)(std::string_view) = nullptr;

  // Requests are logged as URLs: the host is in them, and the path is what follows it.
  bool has_urls = false;

  // What headers tell of the times of all lines: the day of those without a date, and the offset of
  // those without a zone.
  std::optional<day> date;
  std::optional<std::int32_t> offset;
};

}  // namespace countips
