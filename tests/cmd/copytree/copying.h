// Copying in tests: a source and a destination in a temporary directory, and a copy with everything
// it said.
#pragma once

#include <atomic>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "copytree/model/counters.h"
#include "copytree/model/observer.h"
#include "copytree/operands/plan.h"
#include "copytree/system/fs.h"
#include "copytree/tree/copy.h"
#include "par/locks/mutex.h"
#include "par/pools/executor.h"
#include "support/content_of.h"
#include "support/temp_dir.h"
#include "support/tree.h"

namespace copytree {

// Keeps what a copy says. Thread-safe.
class recorder final : public observer {
 public:
  void failed(const error& what) override;
  void noted(const error& what) override;
  void copied(const std::string& source, const std::string& destination) override;
  void copied_with_backup(const std::string& source, const std::string& destination,
                          const std::string& backup) override;
  void removed(const std::string& destination) override;
  bool may_overwrite(const question& about) override;

  // What questions are answered; before the copy.
  void set_answer(bool answer) { answer_ = answer; }

  [[nodiscard]] std::vector<error> errors() const;
  [[nodiscard]] std::vector<error> notes() const;
  [[nodiscard]] std::vector<question> questions() const;
  // "source -> destination", also with " ~ backup" behind it, and "removed destination"; sorted.
  [[nodiscard]] std::vector<std::string> list() const;

 private:
  mutable par::mutex guard_;
  std::vector<error> errors_ PAR_GUARDED_BY(guard_);
  std::vector<error> notes_ PAR_GUARDED_BY(guard_);
  std::vector<question> questions_ PAR_GUARDED_BY(guard_);
  bool answer_ = false;
  std::vector<std::string> list_ PAR_GUARDED_BY(guard_);
};

struct executor_kind {
  std::string name;  // "serial", "threads", "tbb" or "processes"
  std::size_t threads;
};

[[nodiscard]] std::unique_ptr<par::executor> make(const executor_kind& kind);

// One of each kind, with 1, 2 and 7 threads; oneTBB if it was built in.
[[nodiscard]] std::vector<executor_kind> executor_kinds();

// The same, and other processes, if they were built in. Those see the real file system only.
[[nodiscard]] std::vector<executor_kind> backends();

struct copy_result {
  report what;
  std::vector<error> errors;
  std::vector<error> notes;
  std::vector<std::string> list;
  std::vector<question> questions = {};
};

// How a test wants its copy made; the defaults are those of an ordinary run.
struct copy_setup {
  file_system* fs = nullptr;  // The real one.
  executor_kind executor = {"threads", 2};
  options how = {};  // `privileged` is set by copy_now.
  const std::atomic<bool>* stop = nullptr;
  counters* counts = nullptr;
  bool answer = false;        // To every question.
  plan_request request = {};  // Besides the operands.
};

// Plans and copies. A plan that is refused altogether comes back as its error, with nothing copied.
copy_result copy_now(const std::vector<std::string>& sources, const std::string& destination,
                     const copy_setup& setup = {});
copy_result carry_out(plan what, const copy_setup& setup = {});

// What failed, in the order of the errors.
[[nodiscard]] std::vector<operation> operations(const std::vector<error>& errors);

// A temporary directory with "source" in it, made as described.
class playground {
 public:
  explicit playground(const support::tree& source = {});

  [[nodiscard]] std::string path(const std::string& below) const {
    return (temp_.path() / below).string();
  }
  [[nodiscard]] std::string source() const { return path("source"); }
  [[nodiscard]] std::string copy() const { return path("copy"); }

 private:
  support::temp_dir temp_;
};

using support::content_of;
[[nodiscard]] struct ::stat status_of(const std::string& path);  // Of a link, its own.
[[nodiscard]] bool exists(const std::string& path);
[[nodiscard]] bool is_root();

// Where relative paths begin, for as long as it lives. For the whole process.
class working_directory {
 public:
  explicit working_directory(const std::string& path) : before_(std::filesystem::current_path()) {
    std::filesystem::current_path(path);
  }
  ~working_directory() { std::filesystem::current_path(before_); }
  working_directory(const working_directory&) = delete;
  working_directory& operator=(const working_directory&) = delete;

 private:
  const std::filesystem::path before_;
};

// The names in a directory and all below, relative to it, sorted.
[[nodiscard]] std::vector<std::string> names_below(const std::string& path);

}  // namespace copytree
