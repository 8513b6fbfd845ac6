// Options about how content gets across.
#include "copytree/command_line/option_rows.h"

namespace copytree {

std::vector<cli::option> content_options(settings& target) {
  return {
      word<policy>(
          "reflink", '\0', "WHEN",
          "Share the blocks of files until one of them changes, if the file system can: "
          "'auto' does where it can, 'always' (if WHEN is left out) fails where it cannot.",
          reflink_words, policy::always, [&target](policy when) { target.how.reflink = when; }),
      word<policy>("sparse", '\0', "WHEN",
                   "Make holes: 'auto' where the source has them, 'always' also for blocks of "
                   "zeros, 'never' none.",
                   sparse_words, std::nullopt,
                   [&target](policy when) { target.how.sparse = when; }),
      cli::flag("copy-contents", '\0',
                "Copy what can be read from FIFOs and devices, instead of making anew what they "
                "are.",
                target.how.special_contents),
  };
}

}  // namespace copytree
