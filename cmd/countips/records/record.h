// What a line of a log says of a request.
#pragma once

#include <cstdint>
#include <string_view>

#include "countips/clients/client.h"
#include "countips/times/timestamp.h"

namespace countips {

enum class line_kind : std::uint8_t {
  request,
  repeated,  // A request that has the client and the day of the one before; see wanted_fields.
  same_day,  // A request of the day of the one before, whoever the client is; the same.
  other,     // A record that is no request: a connection, a message of the server.
  comment,
  blank,
  rejected,  // No client, or no time, or not of the format at all.
};

// Why a line is rejected.
enum class reject_reason : std::uint8_t {
  none,
  shape,      // It is not of the format.
  no_client,  // Its place is empty or holds "-" or something that is no client.
  no_time,    // There is no such time.
};

// Texts are as the log has them, escapes and all but without quotes around them; empty where the
// line has none. They point into the line, or into memory of the reader, and are good until it
// reads the next one.
struct record {
  client who;
  timestamp time;
  std::string_view status;  // "200"
  std::string_view method;  // "GET"
  std::string_view path;    // As requested, with its query: "/search?q=1"; of CONNECT its target.
  std::string_view agent;   // Of the user.
  std::string_view host;    // The virtual host that was asked.
};

// True of "-" too, which most logs write where they have nothing to say.
[[nodiscard]] inline bool is_absent(std::string_view text) {
  return text.empty() || text == "-";
}

// What is wanted of a request besides its client and day; a reader need not look for the rest, and
// must leave it empty. Only if nothing is wanted may it answer line_kind::repeated or same_day.
struct wanted_fields {
  bool clock = false;  // Second and offset of the time.
  bool status = false;
  bool request = false;  // Method and path.
  bool agent = false;
  bool host = false;

  [[nodiscard]] bool any() const { return status || any_but_status(); }
  [[nodiscard]] bool any_but_status() const { return clock || request || agent || host; }
};

// The method and the path of a request line: "GET /index.html HTTP/1.1". Whatever is no such line
// leaves both empty.
void split_request(std::string_view line, record& into);

}  // namespace countips
