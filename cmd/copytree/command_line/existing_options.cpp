// Options about what stands at the destination already.
#include "copytree/command_line/option_rows.h"

namespace copytree {

namespace {

using answer = overwriting::answer;

// Those of cp, and one that cp has not.
constexpr option_word<update_rule> rules[] = {update_words[0],
                                              update_words[1],
                                              update_words[2],
                                              update_words[3],
                                              {"same", update_rule::same}};

cli::option whether(std::string name, char letter, std::string help, answer which,
                    settings& target) {
  return action(std::move(name), letter, std::move(help),
                [which, &target] { target.existing_files.if_there = which; });
}

std::vector<cli::option> backup_options(settings& target) {
  cli::option suffix = cli::text("suffix", 'S', "SUFFIX",
                                 "Append SUFFIX to the name of a simple backup; implies --backup.",
                                 target.how.backup_suffix);
  suffix.apply = [&target](std::string_view value) -> cli::applied {
    if (value.empty() || value.find('/') != std::string_view::npos) {
      return par::unexpected<std::string>("not the end of a file name");
    }
    target.how.backup_suffix = value;
    if (target.how.keep_backup == backup::none) target.how.keep_backup = backup::existing;
    return {};
  };
  return {word<backup>("backup", 'b', "HOW",
                       "Keep what would be replaced under another name: 'simple' appends the "
                       "suffix, 'numbered' makes NAME.~1~, NAME.~2~ and so on, 'existing' (if HOW "
                       "is left out) numbers where there are numbered ones already.",
                       backup_words, backup::existing,
                       [&target](backup how) { target.how.keep_backup = how; }),
          std::move(suffix)};
}

}  // namespace

std::vector<cli::option> existing_options(settings& target) {
  std::vector<cli::option> rows = {
      cli::flag("force", 'f',
                "Overwrite files in place, as cp does, instead of replacing them; remove what "
                "cannot be written to.",
                target.existing_files.force),
      cli::flag("remove-destination", '\0', "Remove files before they are copied anew.",
                target.existing_files.remove),
      whether("interactive", 'i', "Ask before replacing anything.", answer::ask, target),
      whether("no-clobber", 'n', "Leave what is there as it is, without a word.", answer::keep,
              target),
      word<update_rule>(
          "update", 'u', "WHICH",
          "Leave alone what is there: 'same' (if WHICH is left out) files with the size and the "
          "time of their source, 'older' those that are not older than it, 'none' all of them, "
          "'none-fail' all of them, which is an error; 'all' replaces everything.",
          rules, update_rule::same,
          [&target](update_rule which) { target.existing_files.set(which); }),
      action(
          "resume", '\0',
          "The same as --update=same, to go on where an earlier copy ended; owner and mode are put "
          "right, and temporary files of killed copies removed.",
          [&target] { target.existing_files.set(update_rule::same); }),
  };
  for (cli::option& row : backup_options(target)) rows.push_back(std::move(row));
  return rows;
}

}  // namespace copytree
