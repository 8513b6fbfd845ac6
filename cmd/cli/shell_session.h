// The session of a command that runs in a real shell.
#pragma once

#include "cli/common_options.h"
#include "cli/session.h"
#include "cli/signals.h"

namespace cli {

class shell_session final : public session {
 public:
  // REQUIRES: the signals outlive it.
  shell_session(const std::string& command, std::vector<std::string> operands,
                const common_settings& settings, const signals& caught);

  [[nodiscard]] const std::vector<std::string>& operands() const override { return operands_; }
  [[nodiscard]] const std::atomic<bool>& stop() const override { return signals_.stop(); }
  [[nodiscard]] messages& log() override { return log_; }
  [[nodiscard]] output& out() override { return out_; }
  [[nodiscard]] bool quiet() const override { return settings_.quiet; }
  [[nodiscard]] std::size_t jobs() const override { return settings_.jobs; }
  [[nodiscard]] backend backend_wanted() const override { return settings_.kind; }
  [[nodiscard]] std::unique_ptr<par::executor> make_executor() const override;
  [[nodiscard]] progress_bar show_progress(std::function<progress_sample()> sample) override;

 private:
  const std::vector<std::string> operands_;
  const common_settings settings_;
  const signals& signals_;
  output out_;
  status_line line_;
  messages log_;
};

}  // namespace cli
