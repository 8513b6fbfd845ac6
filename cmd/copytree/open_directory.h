// A directory under copy, open in the source and in the destination.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "copytree/attributes.h"
#include "copytree/copy_methods.h"
#include "copytree/descriptor.h"
#include "copytree/descriptor_budget.h"
#include "copytree/fs.h"
#include "copytree/ignore_rules.h"
#include "copytree/tree_path.h"

namespace copytree {

struct context;

// Shared by everything that is still to be done in the directory: tasks that copy its files, and
// the directories below it. When the last of them lets go, the destination gets its attributes and
// both are closed. The members do not change once it is shared.
class open_directory {
 public:
  // What the directory is made of; without a destination in a dry run that would make it.
  struct parts {
    std::shared_ptr<const tree_path> path;
    std::shared_ptr<open_directory> parent;
    descriptor source;
    descriptor destination;
    file_status status = {};  // Of the source.
    file_id destination_id;
    file_id job_root;                 // Destination of the operand that it belongs to.
    copy_state state = {};            // Of the destination, as it was opened.
    bool gives_default_list = false;  // To what is made in the destination.
    copy_methods* methods = nullptr;
    std::shared_ptr<const ignore_rules> rules = {};  // What .gitignore files say of its entries.
    bool holds_operands = false;     // What is copied from it was named by the user.
    bool was_there = false;          // A parent of an operand that was not made: it stays as it is.
    bool is_elsewhere = false;       // On another file system, where the copy must not go.
    descriptor_budget::place place;  // If it has one; kept until it is closed.
  };

  open_directory(context& run, parts made) : run_(run), parts_(std::move(made)) {}
  open_directory(const open_directory&) = delete;
  open_directory& operator=(const open_directory&) = delete;
  ~open_directory();

  [[nodiscard]] int source() const { return parts_.source.get(); }
  [[nodiscard]] int destination() const { return parts_.destination.get(); }
  [[nodiscard]] bool has_destination() const { return static_cast<bool>(parts_.destination); }
  [[nodiscard]] const std::shared_ptr<const tree_path>& path() const { return parts_.path; }
  [[nodiscard]] const file_status& status() const { return parts_.status; }
  [[nodiscard]] file_id source_id() const { return id_of(parts_.status); }
  [[nodiscard]] file_id destination_id() const { return parts_.destination_id; }
  [[nodiscard]] file_id job_root() const { return parts_.job_root; }
  [[nodiscard]] bool holds_operands() const { return parts_.holds_operands; }
  [[nodiscard]] bool is_elsewhere() const { return parts_.is_elsewhere; }
  [[nodiscard]] const open_directory* parent() const { return parts_.parent.get(); }
  // Of a file that has been made in the destination. In a new directory it has the owner that the
  // directory itself got, whatever the rules of the mount (setgid, grpid, squashed users); in an
  // older one, nobody knows.
  [[nodiscard]] copy_state state_of_new() const {
    return {.inherits = parts_.gives_default_list,
            .present = parts_.state.is_new ? parts_.state.present : std::nullopt};
  }
  [[nodiscard]] bool gives_default_list() const { return parts_.gives_default_list; }
  [[nodiscard]] copy_methods* methods() const { return parts_.methods; }
  [[nodiscard]] const std::shared_ptr<const ignore_rules>& rules() const { return parts_.rules; }

 private:
  void finish();
  void sync_directory();

  context& run_;
  parts parts_;
};

}  // namespace copytree
