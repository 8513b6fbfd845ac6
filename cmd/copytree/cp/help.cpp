#include "copytree/cp/help.h"

#include <fmt/format.h>

namespace copytree::gnu {

namespace {

constexpr const char* usage =
    R"(Usage: {0} [OPTION]... [-T] SOURCE DEST
  or:  {0} [OPTION]... SOURCE... DIRECTORY
  or:  {0} [OPTION]... -t DIRECTORY SOURCE...
Copy a file to another name, or files into a directory.
)";

constexpr const char* what_is_copied = R"(
What is copied:
  -a, --archive                 everything, as it is: -dR --preserve=all
  -R, -r, --recursive           directories too, with all that is in them
  -x, --one-file-system         do not go down into other file systems
      --attributes-only         no content, only what --preserve names
      --copy-contents           with -R: what can be read from FIFOs and devices
  -P, --no-dereference          symbolic links as links (usual with -R)
  -H                            follow links that are named on the command line
  -L, --dereference             follow all links (usual without -R)
  -d                            -P --preserve=links
  -l, --link                    make hard links instead of copies of files
  -s, --symbolic-link           make symbolic links instead of copies of files
  -p                            --preserve=mode,ownership,timestamps
      --preserve[=LIST]         keep these attributes: mode, ownership, timestamps, links,
                                  context, xattr, all; without LIST the first three
      --no-preserve=LIST        do not keep these
  -Z, --context[=CONTEXT]       give copies the SELinux context of their place
)";

constexpr const char* where_to = R"(
Where to:
  -t, --target-directory=DIRECTORY  into this directory
  -T, --no-target-directory     to this name, even if it is that of a directory
      --parents                 into the directory under the whole name of SOURCE
      --strip-trailing-slashes  from each SOURCE
      --keep-directory-symlink  a link to a directory there may stand for one
)";

constexpr const char* existing_files = R"(
What is there already:
  -f, --force                   remove what cannot be written to, and try again
      --remove-destination      remove it in any case
  -i, --interactive             ask before overwriting
  -n, --no-clobber              leave it as it is
  -u, --update[=WHICH]          overwrite all, none, none-fail (none, and that is an error),
                                  or older files (usual)
  -b, --backup[=HOW]            keep it under another name: none or off, simple or never,
                                  numbered or t, existing or nil (numbered if there are
                                  numbered ones, usual); -b takes no HOW
  -S, --suffix=SUFFIX           of simple backups, instead of '~'
)";

constexpr const char* rest = R"(
How:
      --reflink[=WHEN]          share blocks: always (usual with the option), auto, never
      --sparse=WHEN             make holes: auto (where SOURCE has them), always, never
  -v, --verbose                 print a line for each file
      --debug                   the same, and how its content got across
      --help                    print this
      --version                 print the version

VERSION_CONTROL sets HOW, SIMPLE_BACKUP_SUFFIX sets SUFFIX. The exit status is 0 if all went
well, else 1. This is copytree under the name cp; see copytree(1).
)";

}  // namespace

std::string help(const std::string& program) {
  return fmt::format(fmt::runtime(usage), program) + what_is_copied + where_to + existing_files +
         rest;
}

std::string version() {
  return "cp (copytree) " COPYTREE_VERSION "\n";
}

}  // namespace copytree::gnu
