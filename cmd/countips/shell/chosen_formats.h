// The formats that a command line names.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/session.h"
#include "countips/formats/log_format.h"
#include "countips/formats/server_configuration.h"
#include "countips/shell/settings.h"

namespace countips {

// What formats are made from: values, for processes that make them too.
struct format_sources {
  std::vector<std::string> texts;             // As they are given.
  std::vector<configured_format> configured;  // Of web servers.
};

// Those that are asked for; configured ones that countips cannot read are told and left out.
// nullopt: interrupted. Throws cli::usage_error for a configuration that cannot be read or has no
// format.
[[nodiscard]] std::optional<format_sources> chosen_sources(cli::session& session,
                                                           const settings& chosen);

// To choose from for each input: those given, or, where none is, those of the configurations and
// all that are known. Empty: all that are known. Throws cli::usage_error for what is no format.
[[nodiscard]] format_list make_formats(const format_sources& from);

}  // namespace countips
