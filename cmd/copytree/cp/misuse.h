// A command line of cp that cannot be carried out.
#pragma once

#include <string>
#include <vector>

namespace copytree::gnu {

struct misuse {
  std::string message;                    // Empty: it has been said already, by getopt_long.
  std::vector<std::string> details = {};  // Lines below the message.
  bool suggests_help = true;
};

}  // namespace copytree::gnu
