// Gets the content of one file across, and sees that it has got there.
#pragma once

#include <optional>

#include "copytree/data/copy_data.h"
#include "copytree/entry/make_leaf.h"
#include "copytree/run/context.h"

namespace copytree {

// What the two file systems have refused. The directory's knows nothing of a file from another:
// operands come from anywhere, and a file can be mounted over another.
[[nodiscard]] copy_methods& methods_for(context& run, const leaf& entry, const file_status& source);

// Copies the content as the options ask for. Nothing if that failed, which has been reported then,
// or was stopped. That the source has changed meanwhile is reported, and the copy kept.
std::optional<data_copied> copy_content(context& run, const leaf& entry, const source_leaf& source,
                                        int to);

// To be called when the copy has all its attributes: puts it on disk if it is to be there by itself
// and closes it, unless it is still needed. False if that failed, which has been reported then.
bool close_complete(context& run, const leaf& entry, descriptor& file, bool keep_open);

// Tells of the content of a file that has its name, and hands it on to be verified.
void account_for(context& run, const leaf& entry, const source_leaf& source, descriptor file,
                 const data_copied& content);

}  // namespace copytree
