// The names of cp's options, as getopt_long takes them.
#pragma once

#include <getopt.h>

namespace copytree::gnu {

// Long options without a letter.
enum long_only : int {
  attributes_only = 256,
  copy_contents,
  debug,
  keep_directory_symlink,
  no_preserve,
  parents,
  preserve_list,
  reflink,
  remove_destination,
  sparse,
  strip_trailing_slashes,
  long_backup,
  long_context,
  long_update,
  show_help,
  show_version,
};

inline constexpr const char* letters = "abdfHilLnprst:uvxPRS:TZ";

inline constexpr struct ::option long_options[] = {
    {"archive", no_argument, nullptr, 'a'},
    {"attributes-only", no_argument, nullptr, attributes_only},
    {"backup", optional_argument, nullptr, long_backup},
    {"copy-contents", no_argument, nullptr, copy_contents},
    {"debug", no_argument, nullptr, debug},
    {"dereference", no_argument, nullptr, 'L'},
    {"force", no_argument, nullptr, 'f'},
    {"interactive", no_argument, nullptr, 'i'},
    {"keep-directory-symlink", no_argument, nullptr, keep_directory_symlink},
    {"link", no_argument, nullptr, 'l'},
    {"no-clobber", no_argument, nullptr, 'n'},
    {"no-dereference", no_argument, nullptr, 'P'},
    {"no-preserve", required_argument, nullptr, no_preserve},
    {"no-target-directory", no_argument, nullptr, 'T'},
    {"one-file-system", no_argument, nullptr, 'x'},
    {"parents", no_argument, nullptr, parents},
    {"path", no_argument, nullptr, parents},
    {"preserve", optional_argument, nullptr, preserve_list},
    {"recursive", no_argument, nullptr, 'R'},
    {"remove-destination", no_argument, nullptr, remove_destination},
    {"sparse", required_argument, nullptr, sparse},
    {"reflink", optional_argument, nullptr, reflink},
    {"strip-trailing-slashes", no_argument, nullptr, strip_trailing_slashes},
    {"suffix", required_argument, nullptr, 'S'},
    {"symbolic-link", no_argument, nullptr, 's'},
    {"target-directory", required_argument, nullptr, 't'},
    {"update", optional_argument, nullptr, long_update},
    {"verbose", no_argument, nullptr, 'v'},
    {"context", optional_argument, nullptr, long_context},
    {"help", no_argument, nullptr, show_help},
    {"version", no_argument, nullptr, show_version},
    {nullptr, 0, nullptr, 0},
};

}  // namespace copytree::gnu
