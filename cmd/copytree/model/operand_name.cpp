#include "copytree/model/operand_name.h"

#include <cstddef>

namespace copytree {

std::string_view without_trailing_slashes(std::string_view path) {
  while (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
  return path;
}

std::string name_of(std::string_view path) {
  path = without_trailing_slashes(path);
  path.remove_prefix(path.rfind('/') + 1);  // npos + 1 is 0.
  return path.empty() || path == ".." ? "." : std::string(path);
}

std::string parent_of(std::string_view path) {
  path = without_trailing_slashes(path);
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return "";
  return std::string(without_trailing_slashes(path.substr(0, slash + 1)));
}

}  // namespace copytree
