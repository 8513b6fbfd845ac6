// The log formats that the configuration of a web server defines, and the logs written in them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "countips/formats/json_template.h"
#include "countips/formats/text_format.h"

namespace countips {

enum class web_server : std::uint8_t { apache, nginx };

struct configured_format {
  web_server server = web_server::apache;
  std::string name =
      {};  // Empty if it has none: a LogFormat without a nickname, a CustomLog's own.
  std::string text =
      {};  // As the server has it, without the quotes and escapes of its configuration.
  nginx_escape escape = nginx_escape::standard;

  friend bool operator==(const configured_format&, const configured_format&) = default;
};

struct configured_log {
  std::string path = {};          // As it is written: with variables, relative, or "|program".
  configured_format format = {};  // Without a text if the name is not defined.

  friend bool operator==(const configured_log&, const configured_log&) = default;
};

struct server_configuration {
  // In the order of the text; also those that a log has to itself.
  std::vector<configured_format> formats;
  std::vector<configured_log> logs;

  // The last of that name; null if there is none.
  [[nodiscard]] const configured_format* find(std::string_view name) const;
};

// Of nginx the directives log_format and access_log, of Apache LogFormat, CustomLog, GlobalLog and
// TransferLog, in whatever blocks they stand. Everything else is skipped, also what is broken, and
// no other file is included.
[[nodiscard]] server_configuration read_nginx_configuration(std::string_view text);
[[nodiscard]] server_configuration read_apache_configuration(std::string_view text);

// Of whichever server it is; nothing is found in the configuration of another one.
[[nodiscard]] server_configuration read_server_configuration(std::string_view text);

[[nodiscard]] log_format_or_error compile(const configured_format& format);

}  // namespace countips
