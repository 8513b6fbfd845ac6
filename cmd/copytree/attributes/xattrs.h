// Copies extended attributes; the access control lists among them are left to acl.
#pragma once

#include <string>
#include <vector>

#include "copytree/data/copy_methods.h"
#include "copytree/model/error.h"
#include "copytree/model/options.h"
#include "copytree/system/file_handle.h"
#include "par/base/expected.h"

namespace copytree {

// What could not be done to one file; `name` is that of an extended attribute.
struct attribute_error {
  operation what;
  std::errc reason;
  std::string name = {};
};

// What a run wants of attributes, and what it may do.
struct attribute_rules {
  preserved wanted;
  mode_t umask = 022;       // The user's.
  bool privileged = false;  // It may give files away, and set what only the administrator may.
};

// The names of a file's attributes, one after another, each with its NUL. Asks nothing where
// `methods` knows that there are none, and lets it know.
os_result<std::string> list_xattrs(const file_handle& from, copy_methods& methods);

// The value; `no_such_attribute` (ENODATA) if it has gone meanwhile.
os_result<std::string> get_xattr(const file_handle& from, const char* name);

// Copies those of the listed attributes that are wanted and are not access control lists, nor of
// use to one file system only. What the destination does not have, or what an ordinary user may
// not set, is passed over in silence unless it is needed; whatever else goes wrong is returned, and
// keeps no other attribute from being copied.
std::vector<attribute_error> copy_xattrs(const file_handle& from, const file_handle& to,
                                         const std::string& names, const attribute_rules& rules,
                                         copy_methods& methods);

}  // namespace copytree
