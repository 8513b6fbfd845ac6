// Waiting for changes of files without looking at them all the time.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "countips/input/source.h"

namespace countips {

// By inotify(7): of the files themselves, and of the folders they are in or will be in. Where it
// cannot be had, and for what it does not see, there is the time limit of the wait. Changes that
// follow each other closely are told of once.
[[nodiscard]] std::unique_ptr<change_watch> make_inotify_watch(
    const std::vector<std::string>& paths);

}  // namespace countips
