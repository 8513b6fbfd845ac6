// Counts as --backend=processes wants it.
#pragma once

#include <string>
#include <vector>

#include "cli/session.h"
#include "countips/counting/input_rules.h"
#include "countips/counting/report.h"
#include "countips/shell/chosen_formats.h"
#include "countips/shell/settings.h"

namespace countips {

// `options` are those of the command line, with or without a total; the rules are made of the same
// formats. Shows progress.
[[nodiscard]] report count_with_workers(cli::session& session, const settings& chosen,
                                        const std::vector<std::string>& inputs,
                                        const count_options& options, const input_rules& rules,
                                        const format_sources& formats);

}  // namespace countips
