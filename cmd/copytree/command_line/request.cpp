#include "copytree/command_line/request.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "copytree/mirror/mirror.h"
#include "copytree/shell/selection_files.h"

namespace copytree {

namespace {

par::expected<plan, error> plan_from_list(file_system& fs, const settings& wanted) {
  auto sources = read_sources(fs, wanted.files0_from);
  if (!sources) return par::unexpected<error>(sources.error());
  plan_request operands = wanted.operands;
  operands.sources = std::move(sources->names);
  auto planned = plan_copy(fs, operands, wanted.how);
  if (planned) std::ranges::move(sources->empty, std::back_inserter(planned->refused));
  return planned;
}

par::expected<plan, error> plan_operands(file_system& fs, const settings& wanted) {
  if (!wanted.files0_from.empty()) return plan_from_list(fs, wanted);
  const plan_request& operands = wanted.operands;
  if (wanted.backup_copy) return plan_backup(fs, operands.sources.front());
  return plan_copy(fs, operands, wanted.how);
}

}  // namespace

par::expected<plan, error> make_plan(file_system& fs, const settings& wanted) {
  auto planned = plan_operands(fs, wanted);
  if (!planned || !wanted.how.mirror) return planned;
  if (auto objection = objection_to_mirror(*planned)) {
    return par::unexpected<error>(std::move(*objection));
  }
  return planned;
}

par::expected<options, error> make_options(file_system& fs, const settings& wanted,
                                           const process_powers& powers) {
  options how = wanted.how;
  how.umask = powers.umask;
  how.privileged = powers.privileged;
  how.descriptors = powers.descriptors;
  auto patterns = read_patterns(fs, wanted.patterns);
  if (!patterns) return par::unexpected<error>(std::move(patterns.error()));
  how.patterns = std::move(*patterns);
  return how;
}

}  // namespace copytree
