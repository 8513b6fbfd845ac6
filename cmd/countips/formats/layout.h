// How the lines of a text format are laid out: what a LogFormat or log_format string is compiled
// to.
//
// A line is a run of fields, each with the text that ends it, around one time:
//
//   start field end field end TIME behind field end field end
//
// The last end of the head is the text in front of the time, which the time is found by.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "countips/formats/time_field.h"

namespace countips {

enum class field_role : std::uint8_t {
  skip,
  peer,       // Who has connected to the server.
  forwarded,  // Who a proxy says has connected to it.
  passed_by,  // Tells a client too, but another field is the one that counts.
  status,
  request,  // "GET / HTTP/1.1"
  method,
  path,
  agent,
  host,
};

struct layout_field {
  field_role role = field_role::skip;
  bool is_tidy = false;        // A blank in it would be none of the server's making.
  bool has_port = false;       // A colon and a port follow it.
  bool before_status = false;  // The next field is a status.
  std::string end = {};        // The text behind it; none behind the last of a line.
};

struct layout {
  std::string start;  // The text that a line begins with; in front of the time if there is no head.
  std::vector<layout_field> head;
  time_field time;
  std::string behind;  // The text behind the time.
  std::vector<layout_field> tail;
  bool has_escapes = true;  // A backslash before a quote keeps it from ending a field.

  [[nodiscard]] const std::string& before_time() const {
    return head.empty() ? start : head.back().end;
  }
};

}  // namespace countips
