// Reads the lines of a layout, forward and backward from the time.
//
// The time is found first: the text in front of it, and something shaped like it. The fields in
// front of the time are taken one by one from the start of the line, up to the client; or from the
// time back, where a field that may have blanks in it (a user, a header) stands in front of the
// client and none behind. Fields behind the time are taken forward, up to the last that is wanted:
// what stands behind it may be torn off, and no quote need ever close.
//
// An address in its place is a client even if fields behind it are missing or others stand there,
// unless one of those is an address too. A host name is one only if the head is as the layout has
// it and no other word of it is an address, because then something else may stand where the client
// should be; unless the layout has more fields for clients.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "countips/formats/layout.h"
#include "countips/formats/layout_plan.h"
#include "countips/formats/line_values.h"
#include "countips/formats/time_reader.h"
#include "countips/formats/usual_front.h"
#include "countips/formats/usual_head.h"
#include "countips/records/read_rules.h"
#include "countips/records/record.h"

namespace countips {

// For lines_reader. All lines must stay where they are as long as the reader is used. Not
// thread-safe.
class layout_reader {
 public:
  // The rules must outlive it.
  layout_reader(const read_rules& rules, std::shared_ptr<const layout> of);

  [[nodiscard]] line_kind read(std::string_view line);
  [[nodiscard]] const record& last() const { return values_.what; }
  [[nodiscard]] reject_reason why() const { return why_; }

 private:
  // Where the head of a line ends, and where its day does; 0 if that is not known.
  struct anchor {
    std::size_t head_size = 0;
    std::size_t date_end = 0;
    std::string_view time;
    std::string_view behind;  // What follows the time and the text behind it.
  };

  [[nodiscard]] bool repeats_last(std::string_view line);
  [[nodiscard]] std::optional<anchor> find_anchor(std::string_view line);
  [[nodiscard]] std::optional<anchor> anchor_at(std::string_view line, std::size_t time_at);
  [[nodiscard]] bool read_head(std::string_view head);
  [[nodiscard]] bool read_forward(std::string_view head);
  [[nodiscard]] bool take_start(std::string_view& head) const;
  [[nodiscard]] bool take_address(std::string_view& text, const layout_field& field);
  [[nodiscard]] bool is_whole_head(std::string_view head) const;
  [[nodiscard]] std::optional<client> client_named(std::string_view text) const;
  void note_client(const layout_field& field, std::string_view text);
  [[nodiscard]] bool read_backward(std::string_view head);
  [[nodiscard]] bool find_who(std::string_view head);
  // Whether it is the client, judged by what else stands in the head. `named` is a part of the head
  // if it is taken from there.
  [[nodiscard]] bool is_plausible(const client& who, std::string_view named,
                                  std::string_view head) const;

  const read_rules& rules_;
  const std::shared_ptr<const layout> layout_;
  const bool is_bare_;
  const layout_plan plan_;

  time_reader time_;
  line_values values_;
  reject_reason why_ = reject_reason::none;
  bool is_whole_ = false;  // The head is as the layout has it, as far as it has been read.
  const char* address_text_ = nullptr;  // Where an address stands that has been read already.
  ipv4_address address_;
  std::string_view last_head_;  // Of the last hit: the line up to the end of its day.
  usual_head usual_;
  usual_front front_;
};

}  // namespace countips
