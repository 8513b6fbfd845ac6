// Shows on the terminal what happens during a copy.
#pragma once

#include <string>

#include "cli/session.h"
#include "copytree/observer.h"
#include "par/locks/mutex.h"

namespace copytree {

// Errors and warnings go to standard error. The list of copied entries is a result and goes to
// standard output, unless that is taken by JSON, or is the terminal on which the progress bar
// stands: then it scrolls past above the bar.
class console final : public observer {
 public:
  console(cli::session& session, bool output_is_taken);

  void failed(const error& what) override;
  void noted(const error& what) override;
  void copied(const std::string& source, const std::string& destination) override;
  void removed(const std::string& destination) override;

 private:
  void list(const std::string& line);

  cli::session& session_;
  const bool lists_to_log_;
  par::mutex guard_;  // For the session's output.
};

}  // namespace copytree
