// Options about links: those in the source, those at the destination, those made instead of copies.
#include "copytree/command_line/option_rows.h"

namespace copytree {

namespace {

cli::option follow(std::string name, char letter, std::string help, follow_links which,
                   settings& target) {
  return action(std::move(name), letter, std::move(help),
                [which, &target] { target.how.follow = which; });
}

}  // namespace

std::vector<cli::option> link_options(settings& target) {
  return {
      follow("no-dereference", 'P', "Copy symbolic links as such: the default.",
             follow_links::never, target),
      follow("", 'H', "Follow symbolic links that are operands.", follow_links::operands, target),
      follow("dereference", 'L', "Follow all symbolic links in SOURCE.", follow_links::always,
             target),
      action("", 'd', "The same as -P --preserve=links: the default.",
             [&target] {
               target.how.follow = follow_links::never;
               target.how.preserve.links = true;
             }),
      cli::flag("link", 'l', "Make hard links to the files instead of copies.", target.hard_links),
      cli::flag("symbolic-link", 's', "Make symbolic links to the files instead of copies.",
                target.symbolic_links),
      cli::flag("keep-directory-symlink", '\0',
                "A symbolic link to a directory in DESTINATION may stand for the directory.",
                target.how.follow_destination_directories),
  };
}

}  // namespace copytree
