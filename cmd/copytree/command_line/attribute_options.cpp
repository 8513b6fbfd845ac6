// Options about the attributes that copies take over.
#include <algorithm>

#include "cli/quote.h"
#include "copytree/command_line/option_rows.h"
#include "copytree/shell/attribute_choice.h"

namespace copytree {

namespace {

using change = void (*)(preserved&, attribute);

cli::applied change_one(preserved& attributes, std::string_view name, change how) {
  for (const option_word<attribute>& one : attribute_words) {
    if (one.text != name) continue;
    how(attributes, one.meaning);
    return {};
  }
  return par::unexpected<std::string>("no attribute is called " + cli::quoted(name));
}

cli::applied change_all(preserved& attributes, std::string_view list, change how) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    const cli::applied changed = change_one(attributes, list.substr(0, comma), how);
    if (!changed) return changed;
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return {};
}

cli::option list_option(std::string name, char letter, std::string help, change how,
                        settings& target) {
  return {.name = std::move(name),
          .letter = letter,
          .argument = "LIST",
          .help = std::move(help),
          .apply = [how, &target](std::string_view list) -> cli::applied {
            return change_all(target.how.preserve, list, how);
          }};
}

}  // namespace

std::vector<cli::option> attribute_options(settings& target) {
  cli::option keep = list_option(
      "preserve", 'p',
      "Keep attributes: 'mode' (with access control lists), 'ownership', 'timestamps', 'links', "
      "'context', 'xattr', 'all', several with commas between them. All are kept by default; "
      "'context' and 'xattr' by name: fail where that cannot be.",
      preserve, target);
  keep.optional = true;
  return {
      std::move(keep),
      list_option("no-preserve", '\0', "Do not keep these attributes.", do_not_preserve, target),
      cli::flag("attributes-only", '\0',
                "Copy attributes and no content; files that are there keep theirs.",
                target.how.attributes_only),
      action("", 'Z', "Give copies the SELinux context of their place, not that of their source.",
             [&target] { target.how.preserve.context = false; }),
  };
}

}  // namespace copytree
