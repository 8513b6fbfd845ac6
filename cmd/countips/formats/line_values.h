// What the fields of one line say.
#pragma once

#include <span>
#include <string_view>

#include "countips/formats/layout.h"
#include "countips/records/read_rules.h"
#include "countips/records/record.h"

namespace countips {

// Texts point into the line. Not thread-safe.
class line_values {
 public:
  // The wanted fields are kept, all others but those of the client skipped.
  explicit line_values(const wanted_fields& wanted) : wanted_(wanted), wants_any_(wanted.any()) {}

  // Forgets the line before, but for client and time.
  void clear();
  void note(const layout_field& field, std::string_view value);
  // Notes the fields that the text begins with. A field without its end, because the line is torn,
  // is all that is left; it tells no client then, since it may be a piece of one.
  void read(std::string_view text, std::span<const layout_field> fields, bool has_escapes);

  [[nodiscard]] std::string_view peer() const { return peer_; }
  [[nodiscard]] std::string_view forwarded() const { return forwarded_; }

  record what;  // Client and time are the caller's to fill in.

 private:
  const wanted_fields wanted_;
  const bool wants_any_;
  std::string_view peer_;
  std::string_view forwarded_;
};

}  // namespace countips
