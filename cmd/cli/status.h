// Exit statuses, the contract with scripts.
#pragma once

namespace cli {

enum class status : int {
  done = 0,    // All of it.
  errors = 1,  // Finished, with errors that were reported one by one.
  usage = 2,   // Wrong usage, or could not start.
};

}  // namespace cli
