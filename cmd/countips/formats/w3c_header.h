// The header lines of a log that says itself what its columns are: W3C extended, and Zeek.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "countips/formats/field_layout.h"

namespace countips {

enum class header_dialect { w3c, zeek };

// What the lines so far have told.
//
//   #Fields: date time c-ip cs-method cs-uri-stem sc-status    the columns of what follows
//   #Date: 2024-01-02 03:04:05                                 the day of lines that tell none
//   #GMT-Offset: +0100                                         the zone of the times; UTC otherwise
//   #fields <TAB> ts <TAB> uid <TAB> id.orig_h ...             the columns of Zeek
//
// Columns are separated by runs of blanks and tabs; by single tabs if those of the header are.
class w3c_header {
 public:
  explicit w3c_header(header_dialect dialect) : dialect_(dialect) {}

  // REQUIRES a line that begins with '#'. True if it changes the layout.
  bool take(std::string_view line);

  // Where the first line begins that has a '#' in front, at that place or behind it; npos: none.
  [[nodiscard]] static std::size_t find(std::string_view block, std::size_t from = 0);

  // Takes all header lines of a block. True if any changes the layout.
  bool take_all(std::string_view block);

  [[nodiscard]] const field_layout& layout() const { return layout_; }

 private:
  [[nodiscard]] bool take_w3c(std::string_view line);
  void take_w3c_fields(std::string_view names);
  void take_zeek_fields(std::string_view names);
  bool take_date(std::string_view text);
  bool take_offset(std::string_view text);
  void set_zone();

  header_dialect dialect_;
  field_layout layout_;
  std::optional<std::int32_t> offset_;  // As a header tells.
  bool is_local_ = false;               // The columns are date-local and time-local.
};

}  // namespace countips
