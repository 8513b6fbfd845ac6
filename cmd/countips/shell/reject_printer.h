// Tells rejected lines: to people on standard error, or in a file.
#pragma once

#include <memory>
#include <string>

#include "cli/output.h"
#include "cli/session.h"
#include "countips/counting/input_rules.h"
#include "countips/shell/settings.h"

namespace countips {

// access.log:17: no client: the line as it is, but for the prefix that was taken off before it was
// read. On standard error its control characters are escaped.
class reject_printer final : public reject_observer {
 public:
  // Opens the file, and leaves what it has. Throws cli::usage_error if it cannot be made.
  reject_printer(cli::session& session, const settings& chosen);
  reject_printer(const reject_printer&) = delete;
  reject_printer& operator=(const reject_printer&) = delete;
  ~reject_printer() override;

  // Before the first line. Nothing is kept of what the file has had.
  void begin() const;

  void rejected(const std::string& path, const rejected_line& line) override;

  void flush();

  // Reports it as an error if not all could be written.
  void finish();

 private:
  cli::session& session_;
  const std::string file_;  // Empty: standard error.
  int descriptor_ = -1;
  std::unique_ptr<cli::output> output_;
};

}  // namespace countips
