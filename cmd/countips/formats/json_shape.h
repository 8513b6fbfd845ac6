// The shape of a JSON document, by which the next ones of that shape are read without being parsed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "countips/formats/json_document.h"
#include "countips/formats/json_found.h"

namespace countips {

// Programs write the same keys in the same order, line after line. The shape of a line is its text
// with a hole for each string or number that is a value, and for each object or array that was
// stepped over, up to where the walk through it ended:
//
//   {"ts":@,"msg":@,"request":{"client_ip":@
//
// A line that has the same text around its holes has the same structure so far, so a walk would
// find the same keys there and end at the same place: a match gives what json_document::walk would
// give.
class json_shape {
 public:
  json_shape() = default;  // No line has it.

  // Of a line that was walked through to the end given. nullopt where the walk stepped over
  // something whose extent only a parser can tell.
  [[nodiscard]] static std::optional<json_shape> of(std::string_view line, json_end end,
                                                    const std::vector<json_seen>& seen);

  // Offers the values of the line in their order. False if it has another shape; what was offered
  // means nothing then.
  [[nodiscard]] bool match(std::string_view line, json_found& into) const;

  // Whether it reaches to the end of the document, so that nothing is left to be found.
  [[nodiscard]] bool is_whole() const { return is_whole_; }

 private:
  struct part {  // Text, and the hole that follows it.
    enum class hole : std::uint8_t { skipped, offered, container };

    std::uint32_t size = 0;
    hole kind = hole::skipped;
    json_target target = {};  // Of what is offered.
  };
  class learner;

  std::string texts_;  // Of all parts, and what follows the last hole.
  std::vector<part> parts_;
  bool is_whole_ = false;
};

}  // namespace countips
