#include "copytree/cp/command_line.h"

#include <cstddef>
#include <utility>

#include "copytree/cp/options_given.h"
#include "copytree/cp/quote.h"
#include "copytree/cp/word_match.h"

namespace copytree::gnu {

namespace {

using result = std::optional<misuse>;

misuse without_help(std::string message) {
  return {.message = std::move(message), .suggests_help = false};
}

// Options that do not go together.
result conflict(const options_given& given) {
  using answer = overwriting::answer;
  const options& how = given.line.how;
  const answer if_there = given.existing_files.if_there;
  if (given.hard_links && given.symbolic_links) {
    return misuse{.message = "cannot make both hard and symbolic links"};
  }
  if (given.backups && if_there == answer::keep) {
    return misuse{.message = "options --backup and --no-clobber are mutually exclusive"};
  }
  if (given.backups && if_there == answer::refuse) {
    return misuse{.message = "--backup is mutually exclusive with -n or --update=none-fail"};
  }
  if (how.reflink == policy::always && how.sparse != policy::automatic) {
    return misuse{.message = "--reflink can be used only with --sparse=auto"};
  }
  return std::nullopt;
}

// The kind of backup comes from the option, else from the environment; it is looked at only if
// there are to be any.
result conclude_backups(options_given& given, const environment& around) {
  if (!given.backups) return std::nullopt;
  const bool is_option = given.backup_kind.has_value();
  const std::string kind = is_option ? *given.backup_kind : around.version_control.value_or("");
  given.line.how.keep_backup = backup::existing;
  if (!kind.empty()) {
    auto meaning =
        match_word(backup_words, kind, is_option ? "backup type" : "$VERSION_CONTROL", around.utf8);
    if (!meaning) return std::move(meaning.error());
    given.line.how.keep_backup = *meaning;
  }
  const std::optional<std::string>& suffix =
      given.suffix ? given.suffix : around.simple_backup_suffix;
  const bool is_usable = suffix && !suffix->empty() && suffix->find('/') == std::string::npos;
  if (is_usable) given.line.how.backup_suffix = *suffix;
  return std::nullopt;
}

result conclude_context(options_given& given, const environment& around) {
  preserved& attributes = given.line.how.preserve;
  if (attributes.context_needed && !around.selinux) {
    return without_help("cannot preserve security context without an SELinux-enabled kernel");
  }
  if (given.default_context && attributes.context_needed) {
    return without_help("cannot set target context and preserve it");
  }
  if (given.context && around.selinux) {
    return without_help("a context of one's own is not supported");
  }
  if (given.context && !around.selinux) {
    given.line.warnings.emplace_back(
        "warning: ignoring --context; it requires an SELinux-enabled kernel");
  }
  // The kernel gives a new file the context of its place, which is the one asked for.
  if (given.default_context) attributes.context = false;
  return std::nullopt;
}

void conclude_links(options_given& given, const environment& around) {
  options& how = given.line.how;
  const bool as_links = given.recursive && !given.hard_links;
  how.follow = given.follow.value_or(as_links ? follow_links::never : follow_links::always);
  how.recursive = given.recursive;
  how.special_contents = !given.recursive || given.copy_contents;
  how.follow_dangling_links = around.posixly_correct;
  if (given.hard_links) how.instead = substitute::hard_link;
  if (given.symbolic_links) how.instead = substitute::symbolic_link;
}

result place_operands(options_given& given, std::vector<std::string> operands, bool utf8) {
  plan_request& request = given.line.operands;
  const std::size_t least = given.target_directory ? 1 : 2;
  if (operands.empty()) return misuse{.message = "missing file operand"};
  if (operands.size() < least) {
    return misuse{.message = "missing destination file operand after " +
                             shell_quoted(operands.front(), utf8)};
  }
  if (given.target_is_name && given.target_directory) {
    return without_help("cannot combine --target-directory (-t) and --no-target-directory (-T)");
  }
  if (given.target_is_name && operands.size() > 2) {
    return misuse{.message = "extra operand " + shell_quoted(operands[2], utf8)};
  }
  if (given.target_is_name) request.target = target_kind::name;
  if (given.target_directory) {
    request.target = target_kind::directory;
    request.destination = *given.target_directory;
  } else {
    request.destination = std::move(operands.back());
    operands.pop_back();
  }
  request.sources = std::move(operands);
  return std::nullopt;
}

}  // namespace

par::expected<command_line, misuse> parse_command_line(std::vector<std::string> arguments,
                                                       const environment& around) {
  auto given = read_options(arguments, around);
  if (!given) return par::unexpected<misuse>(std::move(given.error()));
  if (given->line.what != command_line::wish::copy) return std::move(given->line);
  result wrong = conflict(*given);
  if (!wrong) wrong = conclude_backups(*given, around);
  if (!wrong) wrong = conclude_context(*given, around);
  if (!wrong) wrong = place_operands(*given, std::move(arguments), around.utf8);
  if (wrong) return par::unexpected<misuse>(std::move(*wrong));
  conclude_links(*given, around);
  given->existing_files.apply_to(given->line.how, existing::overwrite);
  // With --debug a line is followed by how the content got across, which shows only afterwards.
  given->line.how.list_before = !given->line.how.explain;
  return std::move(given->line);
}

}  // namespace copytree::gnu
