// Directories under copy, as values that go to another process and back.
#pragma once

#include <memory>

#include "copytree/run/context.h"
#include "copytree/shares/share.h"

namespace copytree {

// What the copy of an entry in the directory, or below it, takes. Without open files, if it only
// leads to another.
[[nodiscard]] directory_value closed_value_of(const open_directory& of);

// Open: REQUIRES that the directory is held. Throws std::system_error if there are not enough
// descriptors.
[[nodiscard]] directory_value open_value_of(const open_directory& of);

// From the target of the copy to the directory, which is held.
[[nodiscard]] std::vector<directory_value> way_to(const open_directory& last);

// The directory of a value; `above` is null for the target of the copy. One that is lent is left
// as it is when all in it is done.
[[nodiscard]] std::shared_ptr<open_directory> directory_of(
    context& run, directory_value value, const std::shared_ptr<open_directory>& above,
    bool is_lent);

}  // namespace copytree
