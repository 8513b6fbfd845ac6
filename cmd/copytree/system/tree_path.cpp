#include "copytree/system/tree_path.h"

#include <utility>
#include <vector>

#include "copytree/system/release_chain.h"

namespace copytree {

std::string join(std::string path, std::string_view name) {
  if (!path.empty() && path.back() != '/') path += '/';
  path += name;
  return path;
}

tree_path::tree_path(std::string target) : destination_(std::move(target)) {}

tree_path::tree_path(std::shared_ptr<const tree_path> parent, std::string source,
                     std::string destination)
    : parent_(std::move(parent)),
      source_(std::move(source)),
      destination_(std::move(destination)) {}

tree_path::~tree_path() {
  if (parent_ != nullptr) release_in_turn(std::move(parent_));
}

namespace {

std::string joined(const tree_path* last, const std::string& (tree_path::*name)() const) {
  std::vector<const tree_path*> chain;
  for (; last != nullptr; last = last->parent()) chain.push_back(last);
  std::string path;
  for (; !chain.empty(); chain.pop_back()) {
    path = join(std::move(path), (chain.back()->*name)());
  }
  return path;
}

}  // namespace

std::string tree_path::source_path() const {
  return joined(this, &tree_path::source_name);
}

std::string tree_path::source_path(std::string_view entry) const {
  return join(source_path(), entry);
}

std::string tree_path::destination_path() const {
  return joined(this, &tree_path::name);
}

std::string tree_path::destination_path(std::string_view entry) const {
  return join(destination_path(), entry);
}

}  // namespace copytree
