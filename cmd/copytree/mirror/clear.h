// Removes what stands in the way of entries of other kinds.
#pragma once

#include <vector>

#include "copytree/mirror/removal.h"
#include "copytree/run/context.h"
#include "copytree/run/obstacles.h"

namespace copytree {

// By the rules of `removing`, and as long as it may go on. What has gone is noted in
// context::in_the_way.
void clear(context& run, removal& removing, const std::vector<obstacle>& in_the_way);

}  // namespace copytree
