#include "copytree/shares/lend.h"

#include <algorithm>
#include <utility>

#include "copytree/run/entry_filter.h"
#include "copytree/selection/ignore_rules.h"
#include "par/processes/codec.h"

namespace copytree {

namespace {

par::descriptor duplicate(int file) {
  par::descriptor borrowed(file);
  try {
    par::descriptor result = borrowed.duplicate();
    static_cast<void>(borrowed.release());
    return result;
  } catch (...) {
    static_cast<void>(borrowed.release());
    throw;
  }
}

std::shared_ptr<const ignore_rules> rules_of(const open_directory* above,
                                             const directory_value& value) {
  if (above == nullptr) return nullptr;
  if (!value.rules) return above->rules();
  const std::string below =
      above->holds_operands() ? "" : join(path_below_operand(*above), value.source);
  pattern_list patterns;
  for (const std::string& text : *value.rules) patterns.add(text);
  return std::make_shared<const ignore_rules>(above->rules(), std::move(patterns),
                                              prefix_of(below));
}

std::shared_ptr<const tree_path> path_of(const open_directory* above, directory_value& value) {
  if (above == nullptr) return std::make_shared<const tree_path>(std::move(value.name));
  return std::make_shared<const tree_path>(above->path(), std::move(value.source),
                                           std::move(value.name));
}

descriptor take(file_system& fs, par::descriptor& file) {
  return file ? descriptor(fs, file.release()) : descriptor();
}

}  // namespace

void directory_value::save(par::parcel_writer& into) const {
  into(parent, source, name, status, destination_id, job_root, state, gives_default_list,
       holds_operands, rules, static_cast<bool>(from), static_cast<bool>(to));
  if (from) into.attach(from);
  if (to) into.attach(to);
}

void directory_value::load(par::parcel_reader& from_parcel) {
  bool has_from = false;
  bool has_to = false;
  from_parcel(parent, source, name, status, destination_id, job_root, state, gives_default_list,
              holds_operands, rules, has_from, has_to);
  if (has_from) from = from_parcel.detach();
  if (has_to) to = from_parcel.detach();
}

directory_value closed_value_of(const open_directory& of) {
  directory_value value;
  value.source = of.path()->source_name();
  value.name = of.path()->name();
  value.status = of.status();
  value.destination_id = of.destination_id();
  value.job_root = of.job_root();
  value.state = of.state();
  value.gives_default_list = of.gives_default_list();
  value.holds_operands = of.holds_operands();
  if (of.rules() != nullptr && of.rules() != of.parent()->rules()) {
    value.rules = of.rules()->patterns().texts();
  }
  return value;
}

directory_value open_value_of(const open_directory& of) {
  directory_value value = closed_value_of(of);
  value.from = duplicate(of.source());
  if (of.has_destination()) value.to = duplicate(of.destination());
  return value;
}

std::vector<directory_value> way_to(const open_directory& last) {
  std::vector<directory_value> way;
  way.push_back(open_value_of(last));
  for (const open_directory* above = last.parent(); above != nullptr; above = above->parent()) {
    way.push_back(closed_value_of(*above));
  }
  std::ranges::reverse(way);
  return way;
}

std::shared_ptr<open_directory> directory_of(context& run, directory_value value,
                                             const std::shared_ptr<open_directory>& above,
                                             bool is_lent) {
  auto rules = rules_of(above.get(), value);
  return std::make_shared<open_directory>(
      run, open_directory::parts{
               .path = path_of(above.get(), value),
               .parent = above,
               .source = take(run.fs, value.from),
               .destination = take(run.fs, value.to),
               .status = value.status,
               .destination_id = value.destination_id,
               .job_root = value.job_root,
               .state = value.state,
               .gives_default_list = value.gives_default_list,
               .methods = &run.methods.between(value.status.st_dev, value.destination_id.device),
               .rules = std::move(rules),
               .holds_operands = value.holds_operands,
               .is_lent = is_lent,
               .place = is_lent ? descriptor_budget::place() : run.budget.take_room()});
}

}  // namespace copytree
