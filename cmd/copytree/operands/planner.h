// Puts a plan together, operand after operand.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "copytree/operands/plan.h"
#include "copytree/operands/repeated_sources.h"

namespace copytree {

class planner {
 public:
  // `how` must outlive it.
  planner(file_system& fs, const options& how) : fs_(fs), how_(how), repeated_(fs) {}

  // The directory that what is added goes into; an empty path is the current one. Before all else.
  os_result<void> open_target(const std::string& path);

  // A source that is to be called `name` there.
  void add(const std::string& source, std::string name);

  // A source that goes there under its whole path.
  void add_with_parents(const std::string& source);

  [[nodiscard]] plan take() { return std::move(plan_); }

 private:
  void add(job next, error problem);
  [[nodiscard]] os_result<file_status> status_of(const std::string& source);
  [[nodiscard]] std::optional<operation> objection(const job& next);
  [[nodiscard]] std::optional<operation> objection_to_directory(const job& next);
  [[nodiscard]] bool is_above_target(file_id directory);
  [[nodiscard]] std::vector<file_id> directories_above_target();

  file_system& fs_;
  const options& how_;
  plan plan_;
  std::map<std::string, file_id> names_;  // Of the jobs so far.
  repeated_sources repeated_;
  std::optional<std::vector<file_id>> above_target_;  // Looked up when first needed.
};

}  // namespace copytree
