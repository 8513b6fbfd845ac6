// Makes a request of the client and the time that a line names.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "countips/records/read_rules.h"
#include "countips/records/record.h"

namespace countips {

// Whether client fields always end with a port, which without brackets cannot be told from the last
// group of an IPv6 address. If so, what has none may be an address, and is no name.
enum class client_port { maybe, always };

// Remembers the last client, because the next line is often of the same. Not thread-safe.
class request_keeper {
 public:
  request_keeper(const read_rules& rules, client_port port) : rules_(rules), port_(port) {}

  // line_kind::request or, if the client and day are those of the last one and nothing else is
  // wanted, repeated; rejected if the text names no client. `line_end` is up to where bytes behind
  // the text can be read, if it is part of a line: this makes it faster.
  [[nodiscard]] line_kind take(std::string_view client_text, const timestamp& when,
                               const char* line_end = nullptr);

  // The last line was no request after all.
  void forget() { has_hit_ = false; }

  // The last request. Readers fill in what else is wanted.
  [[nodiscard]] record& hit() { return hit_; }
  [[nodiscard]] const record& hit() const { return hit_; }

 private:
  void clear();
  [[nodiscard]] bool read_client(std::string_view text, const char* line_end);
  [[nodiscard]] std::optional<client> find(std::string_view text) const;

  const read_rules& rules_;
  const client_port port_;
  record hit_;
  bool has_hit_ = false;
  std::array<char, 64> last_text_{};  // Of the last client; a host name in hit_ points into it.
  std::size_t last_size_ = 0;
};

}  // namespace countips
