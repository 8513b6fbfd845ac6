// The options that every command has.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cli/backend.h"
#include "cli/option.h"
#include "cli/terminal.h"

namespace cli {

enum class progress_wish { automatic, always, never, json };

// What --generate writes instead of doing the command's work.
enum class generated { nothing, completion_bash, completion_zsh, completion_fish, man_options };

struct common_settings {
  std::size_t jobs = 0;  // 0: -j was not given.
  backend kind = backend::threads;
  bool quiet = false;
  progress_wish progress = progress_wish::automatic;
  when color = when::automatic;
  bool help = false;
  bool version = false;
  generated generate = generated::nothing;
};

// Rows of the option table that fill in the settings, which must outlive the parsing.
[[nodiscard]] std::vector<option> common_options(common_settings& settings, bool with_processes);

}  // namespace cli
