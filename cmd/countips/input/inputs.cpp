#include "countips/input/inputs.h"

#include <algorithm>
#include <cerrno>
#include <set>
#include <utility>

#include "countips/input/glob.h"
#include "countips/input/rotation_order.h"

namespace countips {

namespace {

std::string join(const std::string& directory, const std::string& name) {
  return directory.ends_with('/') ? directory + name : directory + '/' + name;
}

class input_lister {
 public:
  explicit input_lister(file_system& files) : files_(files) {}

  void add_operand(const std::string& operand) {
    if (operand == standard_input) {
      list_.inputs.push_back({operand, 0});
      return;
    }
    const or_errno<file_info> info = files_.look_up(operand);
    if (info) {
      add(operand, *info);
    } else if (info.error() == ENOENT && is_pattern(operand)) {
      add_pattern(operand);
    } else {
      fail(operand, {failure::kind::look_up, info.error()});
    }
  }

  input_list take() { return std::move(list_); }

 private:
  void fail(const std::string& path, const failure& why) { list_.failures.push_back({path, why}); }

  void add_pattern(const std::string& pattern) {
    glob_result found = find_matches(pattern, files_);
    for (const std::string& path : found.paths) {
      const or_errno<file_info> info = files_.look_up(path);
      if (info) {
        add(path, *info);
      } else {
        fail(path, {failure::kind::look_up, info.error()});
      }
    }
    if (found.paths.empty() && found.failures.empty()) {
      fail(pattern, {failure::kind::look_up, ENOENT});
    }
    std::ranges::move(found.failures, std::back_inserter(list_.failures));
  }

  void add(const std::string& path, const file_info& info) {
    if (info.is == file_info::kind::directory) {
      add_directory(path);
    } else {
      add_file(path, info);
    }
  }

  // A file is one however many names lead to it. One with the name of standard input, which a
  // pattern may fit, gets another.
  void add_file(const std::string& path, const file_info& info) {
    if (!seen_.insert(info.id).second) return;
    list_.inputs.push_back({path == standard_input ? join(".", path) : path, info.size});
  }

  void add_directory(const std::string& path) {
    or_errno<std::vector<std::string>> names = files_.list(path);
    if (!names) {
      fail(path, {failure::kind::list, names.error()});
      return;
    }
    std::ranges::sort(*names, rotates_before);
    for (const std::string& name : *names) add_entry(join(path, name));
  }

  void add_entry(const std::string& path) {
    const or_errno<file_info> info = files_.look_up(path);
    if (!info && info.error() == ENOENT) return;  // A link that leads nowhere, or just removed.
    if (!info) {
      fail(path, {failure::kind::look_up, info.error()});
    } else if (info->is == file_info::kind::regular) {
      add_file(path, *info);
    }
  }

  file_system& files_;
  std::set<file_id> seen_;
  input_list list_;
};

}  // namespace

input_list list_inputs(const std::vector<std::string>& operands, file_system& files) {
  input_lister lister(files);
  for (const std::string& operand : operands) lister.add_operand(operand);
  return lister.take();
}

}  // namespace countips
