// Logs of JSON whose keys are told by the template that a server writes its lines by.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "countips/formats/format_tokens.h"
#include "countips/formats/json_description.h"
#include "countips/formats/log_format.h"
#include "par/base/expected.h"

namespace countips {

using json_description_or_error = par::expected<json_description, format_error>;
using log_format_or_error = par::expected<std::shared_ptr<const log_format>, format_error>;

// A key stands for the variable that its value is: {"by": {"ip": "$remote_addr"}} has the client at
// by/ip. Values of text, or of several variables, stand for nothing, but several may make a time
// together. Without quotes only a status and a time in numbers are read; of a list, the first.
// Where the template is no JSON any more, what came before counts.
[[nodiscard]] json_description_or_error describe_json(const format_tokens& tokens,
                                                      std::string name);

// The format of a LogFormat, or of a log_format as nginx has it once its configuration is read.
[[nodiscard]] log_format_or_error compile_apache_json(std::string_view format, std::string name);
[[nodiscard]] log_format_or_error compile_nginx_json(std::string_view format, std::string name);

// Either of them, told apart by its variables.
[[nodiscard]] log_format_or_error compile_json(std::string_view format);

}  // namespace countips
