// Formats given by a LogFormat or log_format string.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "countips/formats/format_tokens.h"
#include "countips/formats/layout.h"
#include "countips/formats/log_format.h"
#include "par/base/expected.h"

namespace countips {

// How nginx writes what stands in quotes (the parameter escape= of log_format).
enum class nginx_escape : std::uint8_t { standard, json, none };

// Lines of such a format. Where they begin with the client, and ident, user and [time] follow as in
// the common log format, they are read as that format is, and as fast.
class text_format final : public log_format {
 public:
  text_format(std::string name, layout of);

  [[nodiscard]] std::string name() const override { return name_; }
  [[nodiscard]] std::unique_ptr<block_reader> make_reader(const read_rules& rules) const override;

  [[nodiscard]] const std::shared_ptr<const layout>& lines() const { return layout_; }

  // What is read is not so strict: lines may be torn, or go on.
  [[nodiscard]] std::size_t explains(std::string_view line) const override {
    return explains(line, leading_address::of_client);
  }
  [[nodiscard]] std::size_t explains(std::string_view line, leading_address first) const override;

  // Where it says nothing of requests there is nothing else to go by.
  [[nodiscard]] bool is_told_by_shape() const override;

  [[nodiscard]] bool begins_with_host_port() const override;

 private:
  [[nodiscard]] bool is_request(std::string_view line) const;

  std::string name_;
  std::shared_ptr<const layout> layout_;
  bool is_clf_;
};

using text_format_or_error = par::expected<std::shared_ptr<const text_format>, format_error>;

// The format of Apache's LogFormat "...", whose escapes are read: %h %l %u %t \"%r\" %>s %b
// The client is %h or %a, or the first header that proxies tell it in if there is neither. Times
// are %t, and %{...}t with what strftime knows, sec, msec and usec, with or without begin: or end:.
[[nodiscard]] text_format_or_error compile_apache_format(std::string_view format, std::string name);

// The format of nginx's log_format, as it is when nginx has read its configuration:
// $remote_addr - $remote_user [$time_local] "$request" $status
// Variables that nothing is known of are skipped.
[[nodiscard]] text_format_or_error compile_nginx_format(std::string_view format, std::string name,
                                                        nginx_escape escape = {});

// Either of them, told apart by its variables; or "common", "combined" or "vhost_combined".
[[nodiscard]] text_format_or_error compile_log_format(std::string_view format);

// Whether the text of a format writes objects of JSON. Such formats are none of these.
[[nodiscard]] bool is_json_shaped(std::string_view format);

}  // namespace countips
