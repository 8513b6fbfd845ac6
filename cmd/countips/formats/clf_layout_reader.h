// Reads the lines of a layout whose head is that of the common log format.
#pragma once

#include <memory>
#include <string_view>

#include "countips/formats/clf.h"
#include "countips/formats/layout.h"
#include "countips/formats/line_values.h"
#include "countips/records/read_rules.h"
#include "countips/records/record.h"

namespace countips {

// Whether lines begin with the client, at least two words that say nothing more, and a [time] as
// Apache and nginx write it.
[[nodiscard]] bool is_clf_headed(const layout& of);

// Whether it is the first field that tells the client, and no other.
[[nodiscard]] bool takes_first_field(const layout& of, const read_rules& rules);

// For lines_reader: finds client and time as clf_reader does, so that the same lines are accepted
// whatever is wanted, and the rest as layout_reader does. Not thread-safe.
class clf_layout_reader {
 public:
  // REQUIRES is_clf_headed and takes_first_field. The rules must outlive it.
  clf_layout_reader(const read_rules& rules, std::shared_ptr<const layout> of);

  [[nodiscard]] line_kind read(std::string_view line);
  [[nodiscard]] bool read_alike(line_splitter& from, address_run& into);  // See lines_reader.
  [[nodiscard]] const record& last() const { return values_.what; }
  [[nodiscard]] reject_reason why() const { return head_.why(); }

 private:
  static read_rules bare(read_rules rules);
  void read_tail(std::string_view tail);

  const read_rules& rules_;
  const read_rules bare_rules_;
  clf_reader head_;
  const std::shared_ptr<const layout> layout_;
  const std::size_t wanted_tail_;
  const bool reads_alike_;
  line_values values_;
};

}  // namespace countips
