#include "copytree/run/entry_filter.h"

#include <utility>
#include <vector>

#include "copytree/run/open_directory.h"

namespace copytree {

entry_filter::entry_filter(const options& how, std::shared_ptr<const ignore_rules> rules,
                           std::string directory)
    : how_(how), rules_(std::move(rules)), path_(std::move(directory)), prefix_(prefix_of(path_)) {
  if (prefix_ > 0) path_ += '/';
}

bool entry_filter::excludes(std::string_view name, bool is_directory) {
  if (how_.patterns == nullptr && rules_ == nullptr) return false;
  path_.resize(prefix_);
  path_ += name;
  verdict said = verdict::none;
  if (how_.patterns != nullptr) said = how_.patterns->judge(path_, is_directory);
  if (said == verdict::none && rules_ != nullptr) said = rules_->judge(path_, is_directory);
  return said == verdict::exclude;
}

std::string path_below_operand(const open_directory& directory) {
  std::vector<const tree_path*> steps;
  for (const open_directory* step = &directory; !step->parent()->holds_operands();
       step = step->parent()) {
    steps.push_back(step->path().get());
  }
  std::string path;
  for (; !steps.empty(); steps.pop_back())
    path = join(std::move(path), steps.back()->source_name());
  return path;
}

}  // namespace copytree
