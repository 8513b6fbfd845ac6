// The log of Nginx Proxy Manager.
//
//   [02/Jan/2024:03:04:05 +0000] - 200 200 - GET https example.com "/path" [Client 192.0.2.1] ...
//   [02/Jan/2024:03:04:05 +0000] 444 - GET https example.com "/path" [Client 192.0.2.1] ...
//
// The client is anchored on the quote before it: nginx writes one within the path as \x22.
#pragma once

#include <memory>
#include <string_view>

#include "countips/formats/line_time.h"
#include "countips/formats/log_format.h"
#include "countips/formats/request_keeper.h"

namespace countips {

[[nodiscard]] std::shared_ptr<const log_format> nginx_proxy_manager_format();

// Not thread-safe.
class nginx_proxy_manager_reader {
 public:
  static constexpr bool is_told_by_shape = true;

  explicit nginx_proxy_manager_reader(const read_rules& rules)
      : rules_(rules), time_(time_shape::clf), keeper_(rules, client_port::maybe) {}

  [[nodiscard]] line_kind read(std::string_view line);
  [[nodiscard]] const record& last() const { return keeper_.hit(); }
  [[nodiscard]] reject_reason why() const { return why_; }

 private:
  [[nodiscard]] line_kind reject(reject_reason why);
  void fill(std::string_view request, std::string_view behind);
  void fill_words(std::string_view words);

  const read_rules& rules_;
  line_time time_;
  request_keeper keeper_;
  reject_reason why_ = reject_reason::none;
};

}  // namespace countips
