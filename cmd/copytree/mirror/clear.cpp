#include "copytree/mirror/clear.h"

#include <dirent.h>

#include <string>

#include "copytree/mirror/remove_tree.h"
#include "copytree/run/entry_filter.h"

namespace copytree {

void clear(context& run, removal& removing, const std::vector<obstacle>& in_the_way) {
  for (const obstacle& each : in_the_way) {
    if (!removing.may_go_on()) return;
    const leaf entry{each.in, each.name.c_str(), each.name.c_str()};
    const auto held = hold_directory(run, entry);
    if (!held) continue;
    const std::string directory = each.in->path()->destination_path();
    const doomed_directory top = {.where = entry.to(),
                                  .path = join(directory, each.name),
                                  .below = join(path_below_operand(*each.in), each.name),
                                  .rules = each.in->rules()};
    const bool gone = each.type == DT_DIR ? removing.remove_file(entry.to(), directory, each.name)
                                          : remove_tree(removing, top);
    if (gone) run.in_the_way.note_removed(each);
  }
}

}  // namespace copytree
