// A directory under copy, open in the source and in the destination.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <utility>

#include "copytree/attributes/attributes.h"
#include "copytree/data/copy_methods.h"
#include "copytree/run/descriptor_budget.h"
#include "copytree/selection/ignore_rules.h"
#include "copytree/system/descriptor.h"
#include "copytree/system/fs.h"
#include "copytree/system/tree_path.h"
#include "par/locks/mutex.h"

namespace copytree {

struct context;

// Shared by everything that is still to be done in the directory: tasks that copy its files, and
// the directories below it. When the last of them lets go, the destination gets its attributes and
// both are closed. Where descriptors are short they are closed before, and opened again when
// needed: so whoever uses them holds the directory meanwhile. All else does not change once it is
// shared.
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
    bool is_parent = false;          // Of an operand, or of such a parent: made by itself.
    bool was_there = false;          // A parent of an operand that was not made: it stays as it is.
    bool is_elsewhere = false;       // On another file system, where the copy must not go.
    bool is_lent = false;            // By another process, which completes it.
    descriptor_budget::place place;  // Kept to the end; without one it is closed between uses.
  };

  // Keeps it open for a scope. The directory must outlive it.
  class hold {
   public:
    hold() = default;
    explicit hold(open_directory* of) : of_(of) {}
    hold(hold&& other) noexcept : of_(std::exchange(other.of_, nullptr)) {}
    hold& operator=(hold&& other) noexcept {
      std::swap(of_, other.of_);
      return *this;
    }
    ~hold() {
      if (of_ != nullptr) of_->let_go();
    }

    [[nodiscard]] explicit operator bool() const { return of_ != nullptr; }

   private:
    open_directory* of_ = nullptr;
  };

  open_directory(context& run, parts made);
  open_directory(const open_directory&) = delete;
  open_directory& operator=(const open_directory&) = delete;
  ~open_directory();

  // Opens it again if it was closed: by its name in the nearest directory above that is open, and
  // so on, and only if it is still the same. An error if it is not, or cannot be opened.
  // Thread-safe.
  [[nodiscard]] os_result<hold> keep_open();

  // REQUIRES: held.
  [[nodiscard]] int source() const { return parts_.source.get(); }
  [[nodiscard]] int destination() const { return parts_.destination.get(); }
  [[nodiscard]] bool has_destination() const { return has_destination_; }
  [[nodiscard]] const std::shared_ptr<const tree_path>& path() const { return parts_.path; }
  [[nodiscard]] const file_status& status() const { return parts_.status; }
  [[nodiscard]] file_id source_id() const { return id_of(parts_.status); }
  [[nodiscard]] file_id destination_id() const { return parts_.destination_id; }
  [[nodiscard]] file_id job_root() const { return parts_.job_root; }
  [[nodiscard]] bool holds_operands() const { return parts_.holds_operands; }
  [[nodiscard]] bool is_elsewhere() const { return parts_.is_elsewhere; }
  [[nodiscard]] bool is_lent() const { return parts_.is_lent; }
  // Leaves it to another process to complete. REQUIRES: only the calling thread has it.
  void hand_back() { parts_.is_lent = true; }
  [[nodiscard]] const copy_state& state() const { return parts_.state; }
  [[nodiscard]] const open_directory* parent() const { return parts_.parent.get(); }
  [[nodiscard]] const std::shared_ptr<open_directory>& held_parent() const { return parts_.parent; }
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
  [[nodiscard]] bool stays_open() const {
    return parts_.place || parts_.is_parent || parts_.is_lent || parts_.parent == nullptr;
  }
  void finish();
  void let_go();
  std::optional<hold> hold_if_open();
  os_result<void> reopen() PAR_REQUIRES(guard_);
  void sync_directory();

  context& run_;
  parts parts_;  // The descriptors are changed under `guard_`, and while nobody holds it.
  const bool has_destination_;
  par::mutex guard_;
  std::size_t holders_ PAR_GUARDED_BY(guard_) = 0;
};

}  // namespace copytree
