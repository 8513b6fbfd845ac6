// Who is told of what happens during a copy.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

#include "copytree/model/checksum.h"
#include "copytree/model/error.h"

namespace copytree {

// May the file at the destination be overwritten?
struct question {
  std::string destination;
  std::optional<mode_t> unwritable = {};  // Its permissions, if they forbid it.
  bool removes = false;                   // Something will be put in its place.
};

// By which means a file's content got across.
enum class means { unknown, yes, no, avoided, unsupported };

struct transfer {
  means offload = means::unknown;  // Copied by the kernel.
  means reflink = means::unknown;  // Its blocks are shared.
  bool seeks_holes = false;        // Holes were told by the file system,
  bool finds_zeros = false;        // or found by looking at the content.
};

// Called from any thread, from several at once, without a lock held.
class observer {
 public:
  virtual ~observer() = default;

  virtual void failed(const error& what) = 0;

  // Worth a warning, but no error.
  virtual void noted(const error& what) = 0;

  // An entry is complete (a directory: has been made), or in a dry run would be. Only called if
  // options::list_entries is set.
  virtual void copied(const std::string& source, const std::string& destination) = 0;

  // As copied(), for an entry that took the place of another, which was kept as `backup`.
  virtual void copied_with_backup(const std::string& source, const std::string& destination,
                                  const std::string& backup) {
    static_cast<void>(backup);
    copied(source, destination);
  }

  // As copied(), for a directory that was only made to lead to an operand.
  virtual void copied_parent(const std::string& source, const std::string& destination) {
    copied(source, destination);
  }

  // Something at the destination was removed: to make room, or as the source does not have it; in a
  // dry run it would be. Only if options::list_entries is set.
  virtual void removed(const std::string& destination) { static_cast<void>(destination); }

  // Called for existing::ask; never by two threads at once.
  virtual bool may_overwrite(const question& about) {
    static_cast<void>(about);
    return false;
  }

  // The sum of a file that is complete. Only called if options::sums is set.
  virtual void summed(const std::string& destination, const checksum& sum) {
    static_cast<void>(destination);
    static_cast<void>(sum);
  }

  // How the content of a file got across: told before copied(), on the same thread. Only if
  // options::explain is set.
  virtual void explained(const transfer& how) { static_cast<void>(how); }
};

}  // namespace copytree
