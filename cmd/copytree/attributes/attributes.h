// Gives a copy the attributes of its source.
#pragma once

#include <vector>

#include "copytree/attributes/xattrs.h"
#include "copytree/data/copy_methods.h"
#include "copytree/model/copy_state.h"
#include "copytree/system/file_handle.h"

namespace copytree {

// In this order: the owner, since changing it clears setuid, setgid and capabilities; extended
// attributes, capabilities and context among them; the times; access control lists and the mode
// last, so that a file stays private until all else is right. A failure does not keep the rest from
// being set.
//
// What is not wanted stays as it is; see copy_mode for the mode. Where the process is not
// privileged, a refusal to change the owner is no error, but setuid, setgid and sticky are left out
// of the mode, as they would hand somebody the wrong rights; the group alone is tried then.
// `status` is that of the source.
std::vector<attribute_error> set_attributes(const file_handle& from, const file_status& status,
                                            const file_handle& to, const copy_state& copy,
                                            const attribute_rules& rules, copy_methods& methods);

}  // namespace copytree
