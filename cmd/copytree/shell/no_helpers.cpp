// A build without processes.
#include <stdexcept>

#include "copytree/shell/make_helpers.h"

namespace copytree {

bool offers_helpers() {
  return false;
}

void prepare_helpers(int, char**) {}

std::unique_ptr<helpers> make_helpers(std::size_t, const options&, const std::atomic<bool>&,
                                      counters&) {
  throw std::logic_error("built without processes");
}

std::unique_ptr<helpers> make_helpers(const cli::session&, const options&, counters&) {
  return nullptr;
}

}  // namespace copytree
