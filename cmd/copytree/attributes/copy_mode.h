// Which mode a copy gets.
#pragma once

#include <optional>

#include "copytree/attributes/xattrs.h"
#include "copytree/model/copy_state.h"
#include "copytree/system/fs.h"

namespace copytree {

// Whether a copy gets exactly the mode that is worked out for it, whatever its directory says.
[[nodiscard]] inline bool decides_mode(const preserved& wanted) {
  return wanted.mode || wanted.default_mode;
}

// With which mode an entry is made. Private, until it is complete; but where the directory has a
// default access control list and the mode is not preserved, the kernel works the list out from the
// mode it is made with, and that is final.
[[nodiscard]] mode_t mode_to_make(const file_status& source, bool inherits,
                                  const attribute_rules& rules);

// Which mode it has in the end; nothing if it keeps the one it has.
[[nodiscard]] std::optional<mode_t> final_mode(const file_status& source, const copy_state& copy,
                                               const attribute_rules& rules);

}  // namespace copytree
