#include "copytree/command_line/settings.h"

#include <utility>

#include "cli/command.h"
#include "cli/quote.h"
#include "copytree/command_line/option_rows.h"

namespace copytree {

namespace {

void check_conflicts(const settings& given) {
  using answer = overwriting::answer;
  if (given.hard_links && given.symbolic_links) {
    throw cli::usage_error("cannot make both hard and symbolic links");
  }
  const answer if_there = given.existing_files.if_there;
  if (given.how.keep_backup != backup::none &&
      (if_there == answer::keep || if_there == answer::refuse)) {
    throw cli::usage_error("options --backup and --no-clobber are mutually exclusive");
  }
  if (given.how.reflink == policy::always && given.how.sparse != policy::automatic) {
    throw cli::usage_error("--reflink can be used only with --sparse=auto");
  }
  if (given.how.atomic && given.existing_files.force) {
    throw cli::usage_error("options --atomic and --force are mutually exclusive");
  }
  if (given.target_is_name && given.target_directory) {
    throw cli::usage_error("cannot combine --target-directory and --no-target-directory");
  }
  if (given.operands.parents && given.target_is_name) {
    throw cli::usage_error("with --parents, the destination must be a directory");
  }
}

void place_operands(settings& given, std::vector<std::string> operands) {
  plan_request& request = given.operands;
  if (operands.empty() && (given.files0_from.empty() || !given.target_directory)) {
    throw cli::usage_error(std::string("missing operand: ") + operand_usage);
  }
  if (given.backup_copy && operands.size() > 1) {
    throw cli::usage_error("extra operand " + cli::quoted(operands[1]));
  }
  if (given.target_is_name && operands.size() > 2) {
    throw cli::usage_error("extra operand " + cli::quoted(operands[2]));
  }
  if (given.target_is_name) request.target = target_kind::name;
  if (given.target_directory) {
    request.target = target_kind::directory;
    request.destination = *given.target_directory;
  } else if (!given.backup_copy) {
    if (operands.size() < 2 && given.files0_from.empty()) {
      throw cli::usage_error("missing destination operand after " + cli::quoted(operands.front()));
    }
    request.destination = std::move(operands.back());
    operands.pop_back();
  }
  if (!given.files0_from.empty() && !operands.empty()) {
    throw cli::usage_error("extra operand " + cli::quoted(operands.front()) +
                           ": sources cannot be combined with --files0-from");
  }
  request.sources = std::move(operands);
}

}  // namespace

std::vector<cli::option> option_table(settings& target) {
  std::vector<cli::option> table;
  for (const auto rows : {place_options, link_options, existing_options, attribute_options,
                          content_options, selection_options, safety_options, report_options}) {
    for (cli::option& row : rows(target)) table.push_back(std::move(row));
  }
  return table;
}

void conclude(settings& given, std::vector<std::string> operands) {
  check_conflicts(given);
  place_operands(given, std::move(operands));
  // A file of its own would have no content.
  const bool in_place = given.how.attributes_only;
  given.existing_files.apply_to(given.how, in_place ? existing::overwrite : existing::replace);
  given.how.new_only = given.backup_copy;
  if (given.how.dry_run) given.how.list_entries = true;
  if (given.hard_links) given.how.instead = substitute::hard_link;
  if (given.symbolic_links) given.how.instead = substitute::symbolic_link;
}

}  // namespace copytree
