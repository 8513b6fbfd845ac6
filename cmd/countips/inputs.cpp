#include "countips/inputs.h"

#include <algorithm>
#include <cerrno>

namespace countips {

namespace {

std::string join(const std::string& directory, const std::string& name) {
  return directory.ends_with('/') ? directory + name : directory + '/' + name;
}

void add_entry(const std::string& path, file_system& files, input_list& into) {
  const or_errno<file_info> info = files.look_up(path);
  if (!info && info.error() == ENOENT) return;  // A link that leads nowhere, or just removed.
  if (!info) {
    into.failures.push_back({path, {failure::kind::look_up, info.error()}});
  } else if (info->is == file_info::kind::regular) {
    into.inputs.push_back({path, info->size});
  }
}

void add_directory(const std::string& path, file_system& files, input_list& into) {
  or_errno<std::vector<std::string>> names = files.list(path);
  if (!names) {
    into.failures.push_back({path, {failure::kind::list, names.error()}});
    return;
  }
  std::sort(names->begin(), names->end());
  for (const std::string& name : *names) add_entry(join(path, name), files, into);
}

void add_operand(const std::string& operand, file_system& files, input_list& into) {
  if (operand == standard_input) {
    into.inputs.push_back({operand, 0});
    return;
  }
  const or_errno<file_info> info = files.look_up(operand);
  if (!info) {
    into.failures.push_back({operand, {failure::kind::look_up, info.error()}});
  } else if (info->is == file_info::kind::directory) {
    add_directory(operand, files, into);
  } else {
    into.inputs.push_back({operand, info->size});
  }
}

}  // namespace

input_list list_inputs(const std::vector<std::string>& operands, file_system& files) {
  input_list list;
  if (operands.empty()) list.inputs.push_back({standard_input, 0});
  for (const std::string& operand : operands) add_operand(operand, files, list);
  return list;
}

}  // namespace countips
