// What the settings come to: options and a plan for the core.
#pragma once

#include "copytree/command_line/settings.h"
#include "copytree/model/error.h"
#include "copytree/model/options.h"
#include "copytree/operands/plan.h"
#include "copytree/shell/process.h"
#include "copytree/system/fs.h"
#include "par/base/expected.h"

namespace copytree {

// Reads the files with patterns that the settings name. Fails on the first that cannot be read.
[[nodiscard]] par::expected<options, error> make_options(file_system& fs, const settings& wanted,
                                                         const process_powers& powers);

// Where each operand goes; reads the list of sources if there is one. Fails where nothing can be
// begun.
[[nodiscard]] par::expected<plan, error> make_plan(file_system& fs, const settings& wanted);

}  // namespace copytree
