#include "copytree/operands/repeated_sources.h"

#include <fcntl.h>

#include "copytree/model/operand_name.h"

namespace copytree {

bool repeated_sources::check(const std::string& source, const file_status& status) {
  std::string directory = parent_of(source);
  if (directory.empty()) directory = ".";
  const auto above = fs_.status_following({AT_FDCWD, directory.c_str()});
  if (!above) return false;
  return !known_.emplace(id_of(*above), id_of(status), name_of(source)).second;
}

}  // namespace copytree
