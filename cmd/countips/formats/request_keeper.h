// Makes a request of the client and the time that a line names.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "countips/records/read_rules.h"
#include "countips/records/record.h"

namespace countips {

// Whether client fields end with a port, which without brackets cannot be told from the last group
// of an IPv6 address. If they mostly do, what has none may be an address, and is no name; if they
// always do, it is no client.
enum class client_port { maybe, mostly, always };

// Remembers the last client, because the next line is often of the same. Not thread-safe.
class request_keeper {
 public:
  request_keeper(const read_rules& rules, client_port port)
      : rules_(rules),
        port_(port),
        is_bare_(!rules.wanted.any()),
        keeps_addresses_(rules.clients.keeps_addresses()) {}

  // line_kind::request or, if nothing else is wanted and the day is that of the last one, repeated
  // or same_day; rejected if the text names no client. `line_end` is up to where bytes behind the
  // text can be read, if it is part of a line: this makes it faster.
  [[nodiscard]] line_kind take(std::string_view client_text, const timestamp& when,
                               const char* line_end = nullptr) {
    const found_client found = read_client(client_text, line_end);
    return found == found_client::none ? line_kind::rejected
                                       : keep(found == found_client::same, when);
  }

  // The last line was no request after all.
  void forget() { has_hit_ = false; }

  // The last request. Readers fill in what else is wanted.
  [[nodiscard]] record& hit() { return hit_; }
  [[nodiscard]] const record& hit() const { return hit_; }

 private:
  enum class found_client { none, same, other };

  [[nodiscard]] found_client read_client(std::string_view text, const char* line_end);
  [[nodiscard]] found_client read_address(std::string_view text);
  [[nodiscard]] found_client read_text(std::string_view text);
  [[nodiscard]] std::optional<client> find(std::string_view text) const;
  [[nodiscard]] line_kind keep(bool same_client, const timestamp& when);
  void clear();

  const read_rules& rules_;
  const client_port port_;
  const bool is_bare_;  // Nothing but clients and days is wanted.
  const bool keeps_addresses_;
  record hit_;
  bool has_hit_ = false;
  std::array<char, 64> last_text_{};  // Of the last client, which if a host name points into it,
  std::size_t last_size_ = 0;         // and its length; 0 if it was not kept.
};

}  // namespace countips
