// Shows on the terminal what happens during a copy.
#pragma once

#include <string>

#include "cli/session.h"
#include "copytree/model/observer.h"
#include "copytree/shell/manifest.h"
#include "copytree/shell/wording.h"
#include "par/locks/mutex.h"

namespace copytree {

// Errors and warnings go to standard error. The list of copied entries is a result and goes to
// standard output, or to standard error as well: then it scrolls past above the progress bar.
class console final : public observer {
 public:
  // `sums` may be null; otherwise it gets the sums of all files. `quote_parents` is for directories
  // that were only made to lead to an operand.
  console(cli::session& session, bool list_to_log, manifest* sums, const quoter& quote,
          const quoter& quote_parents = {});

  void failed(const error& what) override;
  void noted(const error& what) override;
  void copied(const std::string& source, const std::string& destination) override;
  void summed(const std::string& destination, const checksum& sum) override;
  void copied_with_backup(const std::string& source, const std::string& destination,
                          const std::string& backup) override;
  void copied_parent(const std::string& source, const std::string& destination) override;
  void removed(const std::string& destination) override;
  bool may_overwrite(const question& about) override;
  void explained(const transfer& how) override;

 private:
  void list(const std::string& lines);

  cli::session& session_;
  const bool list_to_log_;
  manifest* const sums_;
  const quoter quote_;
  const quoter quote_parents_;
  par::mutex guard_;  // For the session's output.
};

// Whether the list would come between a progress bar and the terminal it stands on.
[[nodiscard]] bool list_meets_bar(cli::session& session);

}  // namespace copytree
