// Counting an input whose lines come piece by piece.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "countips/counting/count_block.h"
#include "countips/counting/input_counter.h"
#include "countips/counting/input_rules.h"
#include "countips/formats/log_format.h"
#include "countips/tallies/tally.h"

namespace countips {

// Not thread-safe.
class growing_input {
 public:
  // All must outlive it; `how` says what is counted, `rules` in which formats, and `into` and
  // `result` are added to.
  growing_input(std::string path, const block_rules& how, const input_rules& rules, tally& into,
                input_result& result);

  // Lines that have come, whole but for the last one of a file that goes no further. False if
  // nothing has been counted: until there is a request it cannot be told what the lines are, and
  // they wait; but when too many have come without, they are none.
  bool add(std::string_view text);

  // What comes next is of another file, which may be in another format.
  void begin_file();

  // Nothing more comes: what there is has to be enough.
  void finish();

 private:
  [[nodiscard]] bool find_format();
  void count(std::string_view text);
  void reject_waiting();

  const std::string path_;
  const block_rules how_;
  const input_rules& rules_;
  tally& into_;
  input_result& result_;
  std::string waiting_;
  std::size_t next_try_ = 0;  // How much must wait before its format is looked for once more.
  std::shared_ptr<const log_format> now_;  // The format of what comes next.
};

}  // namespace countips
