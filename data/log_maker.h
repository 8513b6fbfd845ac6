// Lines of a made-up access log.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "line_writers.h"
#include "request.h"

namespace generate {

struct log_shape {
  std::size_t lines = 1'000'000;
  std::size_t clients = 10'000;  // How many there are to draw from; 1 to 2^32.
  std::size_t days = 7;          // At least 1; the first is 2024-02-26.
  double ipv6_share = 0.1;       // Of the clients, 0 to 1.
  double skew = 3.0;  // 0: every client turns up equally often, so all of them if there are as many
                      // lines. Above: client number clients * u^(1+skew), for random u in [0, 1).
  std::uint64_t seed = 1;
};

// The same shape gives the same requests on every machine and in every format. Days are of equal
// length, clients come in shuffled order.
class log_maker {
 public:
  explicit log_maker(const log_shape& shape, const line_writer& writer = line_writers().front());

  // What the log begins with: nothing in most formats.
  void append_header(std::string& to) const { to += writer_.header; }
  // Appends the next line with its line end. REQUIRES that fewer than shape.lines have been made.
  void append_line(std::string& to);

 private:
  [[nodiscard]] std::uint64_t random();
  [[nodiscard]] std::uint64_t next_client();
  [[nodiscard]] std::string client_text(std::uint64_t client) const;
  void make_time();
  void make_rest();

  const log_shape shape_;
  const std::uint64_t stride_;  // Coprime to the number of clients.
  std::uint64_t random_state_;
  std::size_t made_ = 0;
  request next_;
  const line_writer& writer_;
};

}  // namespace generate
