// Lines of delimited fields.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "countips/formats/field_layout.h"
#include "countips/formats/log_format.h"
#include "countips/formats/text_model.h"

namespace countips {

// Looks only at the columns that are wanted, and at none behind the last of them. Not thread-safe.
class delimited_reader {
 public:
  delimited_reader(const read_rules& rules, const field_layout& layout);

  [[nodiscard]] line_kind read(std::string_view line);
  [[nodiscard]] const record& last() const { return keeper_.hit(); }
  [[nodiscard]] reject_reason why() const { return why_; }
  // The request before the next line is another's.
  void forget_last() { keeper_.forget(); }

 private:
  struct step {
    std::size_t skipped = 0;  // Columns between this one and the one before.
    column_role role = column_role::checked;
    bool again = false;  // The column of the step before has this role too.
  };

  void plan();
  void plan_head();
  [[nodiscard]] std::size_t known_head(std::string_view line);
  void learn_head(std::string_view line);
  [[nodiscard]] bool is_wanted(column_role role) const;
  [[nodiscard]] bool cut(field_cutter& fields, std::size_t from);
  [[nodiscard]] bool take(const step& what, std::size_t skipped, field_cutter& fields);
  [[nodiscard]] bool has_right_count(field_cutter& fields) const;
  [[nodiscard]] bool read_time();
  [[nodiscard]] const timestamp& time_of_line();
  [[nodiscard]] std::string_view client_text();
  [[nodiscard]] bool is_copied(std::string_view who) const { return who.data() == list_.data(); }
  [[nodiscard]] line_kind reject(reject_reason why);
  void fill();
  void fill_request();
  void split_url(record& into) const;

  [[nodiscard]] std::string_view& field(column_role role) {
    return fields_[static_cast<std::size_t>(role)];
  }

  const read_rules& rules_;
  const field_layout layout_;
  std::vector<step> steps_;
  std::size_t needed_ = 0;  // So many steps must find their column.
  std::size_t done_ = 0;    // So many have, in this line.
  std::size_t taken_ = 0;   // How many columns all steps take, with those that they skip.
  std::array<std::string_view, field_roles> fields_;
  // In front of the client, of the last request if lines can be alike there.
  text_model head_;
  std::size_t head_steps_ = 0;  // How many steps take what stands there; 0: lines cannot be alike.
  bool is_checked_in_head_ = false;  // One of them is that of what is checked.
  line_time time_;
  timestamp with_offset_;
  request_keeper keeper_;
  reject_reason why_ = reject_reason::none;
  std::string list_;  // Of proxies.
  std::string path_;  // With its query.
};

// A format whose lines all have the same layout.
[[nodiscard]] std::shared_ptr<const log_format> delimited_format(std::string name,
                                                                 field_layout layout);

}  // namespace countips
