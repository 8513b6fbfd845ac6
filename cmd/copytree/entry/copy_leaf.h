// Copies one entry that is no directory.
#pragma once

#include "copytree/run/context.h"
#include "par/base/function_ref.h"

namespace copytree {

// Copies the entry, or links it to the copy of another name of the same file. `type` is what the
// directory said of it (DT_REG, ...); not DT_UNKNOWN, not DT_DIR. Problems are reported to the
// context. Before a copy that will take long, `before_long_copy` is called once, so that work which
// waits behind it can be given to others.
void copy_leaf(context& run, const leaf& entry, unsigned char type,
               par::function_ref<void()> before_long_copy);

}  // namespace copytree
