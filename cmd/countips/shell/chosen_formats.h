// The formats that a command line names.
#pragma once

#include <optional>

#include "cli/session.h"
#include "countips/formats/log_format.h"
#include "countips/shell/settings.h"

namespace countips {

// To choose from for each input: those given, or, where none is, those of the configurations and
// all that are known. Empty: all that are known; nullopt: interrupted. Throws cli::usage_error for
// what is no format, and for a configuration that cannot be read or has none.
[[nodiscard]] std::optional<format_list> chosen_formats(cli::session& session,
                                                        const settings& chosen);

}  // namespace countips
