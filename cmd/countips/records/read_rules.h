// How the lines of a log are to be read.
#pragma once

#include <cstddef>

#include "countips/clients/client_rules.h"
#include "countips/records/record.h"

namespace countips {

struct read_rules {
  client_rules clients;
  bool forwarded =
      false;  // Take the client from the field that proxies fill in, where there is one.
  wanted_fields wanted;
  // How much of a line is looked at; what follows is skipped. This bounds the memory that a file
  // without line ends can take. At least 1.
  std::size_t longest_line = std::size_t{1} << 20;
};

}  // namespace countips
