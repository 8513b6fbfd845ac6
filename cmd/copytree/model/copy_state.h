// What is known of a copy before it gets its attributes.
#pragma once

#include <optional>

#include "copytree/system/fs.h"

namespace copytree {

struct owner {
  uid_t user = 0;
  gid_t group = 0;

  friend bool operator==(const owner&, const owner&) = default;
};

[[nodiscard]] inline owner owner_of(const file_status& status) {
  return {.user = status.st_uid, .group = status.st_gid};
}

struct copy_state {
  bool is_new = true;                 // Otherwise it keeps its mode where none is preserved.
  bool inherits = false;              // Made where a default access control list stands.
  std::optional<owner> present = {};  // Its owner, if known: a call may be spared.
  std::optional<mode_t> mode = {};    // Its mode, if known; of a new directory it must be.
};

}  // namespace copytree
