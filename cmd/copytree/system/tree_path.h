// Where a directory stands in the source and in the destination: names, joined on demand.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace copytree {

// A chain of names up to the operands. Paths are only needed for messages, so that nobody pays for
// them otherwise; they may be longer than PATH_MAX. Immutable.
class tree_path {
 public:
  // The place that the operands are copied to: their source names are whole paths.
  explicit tree_path(std::string target);

  // A directory below another. The two names differ only for an operand.
  tree_path(std::shared_ptr<const tree_path> parent, std::string source, std::string destination);

  ~tree_path();  // Does not recurse, however long the chain.

  tree_path(const tree_path&) = delete;
  tree_path& operator=(const tree_path&) = delete;

  [[nodiscard]] const tree_path* parent() const { return parent_.get(); }
  [[nodiscard]] const std::string& source_name() const { return source_; }
  [[nodiscard]] const std::string& name() const { return destination_; }

  // The paths of the directory, and of entries in it.
  [[nodiscard]] std::string source_path() const;
  [[nodiscard]] std::string source_path(std::string_view entry) const;
  [[nodiscard]] std::string destination_path() const;
  [[nodiscard]] std::string destination_path(std::string_view entry) const;

 private:
  std::shared_ptr<const tree_path> parent_;
  const std::string source_;
  const std::string destination_;
};

// One slash between the two; an empty path is the current directory.
[[nodiscard]] std::string join(std::string path, std::string_view name);

}  // namespace copytree
