// Which operands are to be copied, and how the place of each is found.
#pragma once

#include <string>
#include <vector>

namespace copytree {

// What the destination is to be taken for.
enum class target_kind {
  either,     // A directory if there is one by that name; otherwise the name of the one copy.
  directory,  // A directory, which must be there.
  name,       // The name of the one copy, even if it is that of a directory.
};

struct plan_request {
  std::vector<std::string> sources = {};
  std::string destination = {};
  target_kind target = target_kind::either;
  bool parents = false;                 // A source goes below the target under its whole path.
  bool strip_trailing_slashes = false;  // From the sources.
};

}  // namespace copytree
