// A short cut through lines of a layout that begins with the client, or with a word and the client,
// as logs of several virtual hosts do.
#pragma once

#include <cstddef>
#include <string_view>

#include "countips/clients/client.h"
#include "countips/formats/layout.h"
#include "countips/formats/layout_plan.h"
#include "countips/formats/text_model.h"
#include "countips/records/read_rules.h"

namespace countips {

// For layout_reader: accepts nothing that it would not read the same way. Not thread-safe.
class usual_head {
 public:
  // The layout must outlive it.
  usual_head(const layout& of, const layout_plan& plan, const read_rules& rules);

  // What the last hit was read from: its client, a part of the line, and behind it the time; and
  // where its day ends in the line.
  void keep(std::string_view line, std::string_view who, std::string_view time,
            std::size_t date_end);
  void forget() { lead_.forget(); }

  // Whether the line is like that of the last hit but for the word, the client, an address, and the
  // minute. Gives the client, and where the day ends; 0 if it is not.
  [[nodiscard]] std::size_t read(std::string_view line, client& who);

 private:
  [[nodiscard]] std::size_t find_client(std::string_view line) const;

  const layout& layout_;
  const bool can_be_used_;
  const std::size_t fields_of_word_;  // 0: the client comes first.
  const bool has_port_;               // Behind the client.
  text_model lead_;                   // From behind the client to the end of the time.
  std::size_t date_end_ = 0;          // In the lead.
};

}  // namespace countips
