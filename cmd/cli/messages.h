// Messages to the user on standard error.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "cli/quote.h"
#include "cli/status_line.h"
#include "par/locks/mutex.h"

namespace cli {

// Each message is one line, "copytree: cannot open 'a/b': Permission denied", written whole, above
// the progress bar if there is one. Thread-safe. Control characters are escaped here; names are
// quoted by the caller with quoted().
class messages {
 public:
  // With `colored` the command's name is bold, and red before an error.
  messages(std::string command, status_line& line, bool colored = false);

  // Something failed. Counted; the count decides the exit status and the closing line.
  void error(std::string_view text);

  // Something worth knowing: no error.
  void note(std::string_view text);

  // Lines as they are, without the name of the command: a summary, or a line of --verbose. Newlines
  // and tabs stay; the last newline may be left out.
  void plain(std::string_view text);

  // A question, after which the cursor stays on the line.
  void prompt(std::string_view text);

  [[nodiscard]] std::size_t errors() const;

 private:
  void say(std::string_view style, std::string_view text);

  const std::string command_;
  const bool colored_;
  status_line& line_;
  mutable par::mutex guard_;
  std::size_t errors_ PAR_GUARDED_BY(guard_) = 0;
};

// The reason for an errno: "Permission denied".
[[nodiscard]] std::string reason(int error_number);

}  // namespace cli
