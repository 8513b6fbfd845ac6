// Entries of one directory that are copied by one task.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "copytree/run/open_directory.h"

namespace copytree {

// A queue of names and types, packed.
class batch {
 public:
  explicit batch(std::shared_ptr<open_directory> directory) : directory_(std::move(directory)) {}

  struct item {
    const char* name;  // Valid until the batch changes or goes.
    unsigned char type;
  };

  void add(std::string_view name, unsigned char type) {
    types_.push_back(type);
    names_ += name;
    names_ += '\0';
  }

  [[nodiscard]] bool empty() const { return next_ == types_.size(); }
  [[nodiscard]] std::size_t size() const { return types_.size() - next_; }
  [[nodiscard]] const std::shared_ptr<open_directory>& directory() const { return directory_; }

  // REQUIRES !empty().
  item next() {
    const item result{.name = names_.c_str() + next_name_, .type = types_[next_++]};
    next_name_ += std::string_view(result.name).size() + 1;
    return result;
  }

  // Takes what is left into a batch of its own; the names given out stay valid.
  batch split_rest() {
    batch rest(directory_);
    while (!empty()) {
      const item moved = next();
      rest.add(moved.name, moved.type);
    }
    return rest;
  }

 private:
  std::shared_ptr<open_directory> directory_;
  std::string names_;  // Each ends in a NUL.
  std::vector<unsigned char> types_;
  std::size_t next_ = 0;
  std::size_t next_name_ = 0;
};

}  // namespace copytree
