#include "countips/formats/server_configuration.h"

#include <algorithm>
#include <utility>

namespace countips {

const configured_format* server_configuration::find(std::string_view name) const {
  const auto found = std::find_if(formats.rbegin(), formats.rend(),
                                  [name](const auto& format) { return format.name == name; });
  return found == formats.rend() ? nullptr : &*found;
}

server_configuration read_server_configuration(std::string_view text) {
  server_configuration nginx = read_nginx_configuration(text);
  server_configuration apache = read_apache_configuration(text);
  const bool is_nginx =
      nginx.formats.size() + nginx.logs.size() >= apache.formats.size() + apache.logs.size();
  return is_nginx ? std::move(nginx) : std::move(apache);
}

log_format_or_error compile(const configured_format& format) {
  const bool is_json = is_json_shaped(format.text);
  if (format.server == web_server::nginx) {
    return is_json ? compile_nginx_json(format.text, format.name)
                   : compile_nginx_format(format.text, format.name, format.escape);
  }
  const std::string name = format.name.empty() ? "LogFormat" : format.name;
  return is_json ? compile_apache_json(format.text, name)
                 : compile_apache_format(format.text, name);
}

}  // namespace countips
