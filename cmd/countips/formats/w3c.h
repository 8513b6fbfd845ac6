// Logs whose headers tell their columns: W3C extended as IIS and many others write it, CloudFront,
// and the HTTP log of Zeek.
//
// A header holds from where it stands: also in the middle of a file, which servers append to when
// they start anew. Times are UTC, unless the columns are date-local and time-local. The client is
// the column c-ip; X-Forwarded-For is looked at if read_rules::forwarded, or if it is the only one.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "countips/formats/delimited.h"
#include "countips/formats/log_format.h"
#include "countips/formats/w3c_header.h"

namespace countips {

// Lines before the first #Fields are rejected.
[[nodiscard]] std::shared_ptr<const log_format> w3c_format();

// Lines before the first #Fields have the columns that CloudFront writes, as files may be
// concatenated without their headers.
[[nodiscard]] std::shared_ptr<const log_format> cloudfront_format();

// Connections and whatever else has no method are line_kind::other.
[[nodiscard]] std::shared_ptr<const log_format> zeek_format();

// Follows the headers among the lines. Not thread-safe.
class w3c_reader {
 public:
  w3c_reader(const read_rules& rules, w3c_header header);

  [[nodiscard]] line_kind read(std::string_view line);
  [[nodiscard]] const record& last() const { return last_->last(); }
  [[nodiscard]] reject_reason why() const { return columns_->why(); }

 private:
  void use_layout(field_layout layout);
  [[nodiscard]] line_kind read_with(delimited_reader& columns, std::string_view line);

  const read_rules& rules_;
  w3c_header header_;
  std::optional<delimited_reader> columns_;
  std::optional<delimited_reader> bare_columns_;  // Where quotes are like any other character.
  const delimited_reader* last_ = nullptr;        // Which of them has read the last request.
};

}  // namespace countips
