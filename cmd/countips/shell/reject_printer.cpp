#include "countips/shell/reject_printer.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <cerrno>

#include "cli/command.h"
#include "countips/render/explanation.h"
#include "countips/shell/failure_text.h"

namespace countips {

reject_printer::reject_printer(cli::session& session, const settings& chosen)
    : session_(session), file_(chosen.rejects_file) {
  if (file_.empty()) return;
  descriptor_ = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor_ < 0) {
    throw cli::usage_error(
        fmt::format("cannot write {}: {}", cli::quoted(file_), cli::reason(errno)));
  }
  output_ = std::make_unique<cli::output>(descriptor_);
}

reject_printer::~reject_printer() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void reject_printer::begin() const {
  // What is no regular file has nothing to lose.
  if (descriptor_ < 0 || ::ftruncate(descriptor_, 0) == 0 || errno == EINVAL) return;
  session_.log().error(fmt::format("cannot empty {}: {}", cli::quoted(file_), cli::reason(errno)));
}

void reject_printer::flush() {
  if (output_ != nullptr) output_->flush();
}

void reject_printer::rejected(const std::string& path, const rejected_line& line) {
  const std::string text =
      fmt::format("{}:{}: {}: {}\n", path, line.number, text_of(line.why), line.text);
  if (output_ == nullptr) return session_.log().plain(text);
  output_->write(text);
}

void reject_printer::finish() {
  if (output_ == nullptr || output_->flush()) return;
  session_.log().error(
      fmt::format("cannot write {}: {}", cli::quoted(file_), cli::reason(output_->error())));
}

}  // namespace countips
