// Who is told of what happens during a copy.
#pragma once

#include <string>

#include "copytree/error.h"

namespace copytree {

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

  // The same for what has been removed from the destination, as the source does not have it.
  virtual void removed(const std::string& destination) = 0;
};

}  // namespace copytree
