// Whatever a configuration holds, its formats come out of it as they are written in it again, and
// those that can be compiled read any line: their own text.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "countips/formats/server_configuration.h"
#include "fuzz/require.h"

namespace {

std::string quoted_for_nginx(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

void check_again(const countips::configured_format& format) {
  std::string directive = "log_format x ";
  if (format.escape == countips::nginx_escape::json) directive += "escape=json ";
  if (format.escape == countips::nginx_escape::none) directive += "escape=none ";
  // What looks like the parameter is none behind one.
  if (format.escape == countips::nginx_escape::standard) directive += "escape=default ";
  const auto again =
      countips::read_nginx_configuration(directive + quoted_for_nginx(format.text) + ";");
  require(again.formats.size() == 1 && again.formats[0].text == format.text &&
          again.formats[0].escape == format.escape);
}

void check_compiled(const countips::configured_format& format) {
  const auto made = countips::compile(format);
  if (!made) return require(!made.error().reason.empty());
  require((*made)->explains(format.text) <= format.text.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto nginx = countips::read_nginx_configuration(text);
  const auto apache = countips::read_apache_configuration(text);
  for (const auto& format : nginx.formats) {
    check_again(format);
    check_compiled(format);
  }
  for (const auto& format : apache.formats) check_compiled(format);
  for (const auto& log : apache.logs) require(!log.format.text.empty() || !log.format.name.empty());
  const auto either = countips::read_server_configuration(text);
  require(either.formats.size() == nginx.formats.size() ||
          either.formats.size() == apache.formats.size());
  return 0;
}
