// A short cut through lines of a layout that begins with a word and the client, as logs of several
// virtual hosts do.
#pragma once

#include <cstddef>
#include <string_view>

#include "countips/clients/client.h"
#include "countips/formats/layout.h"
#include "countips/formats/layout_plan.h"
#include "countips/records/read_rules.h"

namespace countips {

// For layout_reader: accepts nothing that it would not read the same way. The lines of the last hit
// must stay where they are. Not thread-safe.
class usual_head {
 public:
  // The layout must outlive it.
  usual_head(const layout& of, const layout_plan& plan, const read_rules& rules);

  // What the last hit was read from: its client, a part of the line, and where its day ends there.
  void keep(std::string_view line, std::string_view who, std::size_t date_end);

  // Whether the line is like that of the last hit but for the word, the client, an address, and the
  // clock. Gives the client, and where the day ends; 0 if it is not.
  [[nodiscard]] std::size_t read(std::string_view line, client& who) const;

 private:
  [[nodiscard]] bool is_word(std::string_view text) const;

  const layout& layout_;
  const std::size_t fields_of_word_;  // 0: it cannot be used.
  std::string_view lead_;  // From behind the client to the colon behind the day; or empty.
};

}  // namespace countips
