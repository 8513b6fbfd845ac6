// Which files with several names have been copied, and where to.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "copytree/system/fs.h"
#include "copytree/system/tree_path.h"
#include "par/locks/condition_variable.h"
#include "par/locks/mutex.h"

namespace copytree {

class open_directory;

// The first complete copy of a file. The directory may have been closed since.
struct link_source {
  std::shared_ptr<const tree_path> path;  // Of the directory.
  std::weak_ptr<open_directory> directory;
  file_id directory_id;
  std::string name;
};

// Another name of a file, found before the first copy was complete.
struct waiting_link {
  std::shared_ptr<open_directory> directory;
  std::string source;
  std::string name;
  unsigned char type;
};

// The first to ask for a file copies it. Whoever asks before that copy is complete leaves its name
// here, and the first links or copies it later: so no link is made to a file that is not there, and
// a thread need not wait for another. A name left here keeps its directory open, so there may only
// be so many: whoever comes then does wait. (The one it waits for is at work and waits for nobody.)
// Thread-safe.
class hard_links {
 public:
  explicit hard_links(std::size_t most_waiting) : room_(most_waiting) {}

  struct copy_it {};
  struct was_kept {};  // The name was left here.
  using verdict = std::variant<copy_it, was_kept, link_source>;

  // `names` is how many links the file has (st_nlink). A file all of whose names have been seen is
  // forgotten.
  verdict claim(file_id id, std::uint64_t names, const waiting_link& name);

  // The copy is complete: returns the names that were left here, to be linked now.
  [[nodiscard]] std::vector<waiting_link> complete(file_id id, link_source where);

  // The copy has failed: returns the names that were left here. The next to claim copies.
  [[nodiscard]] std::vector<waiting_link> fail(file_id id);

 private:
  struct file {
    std::uint64_t names_to_come;
    std::vector<waiting_link> waiting;
    std::shared_ptr<const link_source> copy;  // None yet.
  };

  std::vector<waiting_link> take_waiting(file& known) PAR_REQUIRES(guard_);

  par::mutex guard_;
  par::condition_variable changed_;
  std::size_t room_ PAR_GUARDED_BY(guard_);  // For how many more names.
  std::map<file_id, file> files_ PAR_GUARDED_BY(guard_);
};

}  // namespace copytree
