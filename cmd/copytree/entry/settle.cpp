#include "copytree/entry/settle.h"

#include <dirent.h>

#include <memory>

namespace copytree {

void settle(context& run, const file_status& entry) {
  if (run.stopped()) return;
  if (run.left != nullptr && entry.st_nlink > 1) return run.left->settle(entry);
  run.counts.settled.add_entry(entry, run.how.preserve.links);
}

void settle_unopened(context& run, const leaf& entry, unsigned char type) {
  if (run.stopped()) return;
  if (type == DT_REG) {
    if (const auto status = run.fs.status_at(entry.from())) return settle(run, *status);
  }
  run.counts.settled.add_entry();
}

void settle_lost(context& run, const found_directory& directory) {
  if (run.stopped()) return;
  run.counts.settled.add_entry();
  if (!run.counts.watched.load(std::memory_order_relaxed)) return;
  run.counts.lost.put(std::make_shared<const tree_path>(directory.parent->path(), directory.source,
                                                        directory.name));
}

}  // namespace copytree
