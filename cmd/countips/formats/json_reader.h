// Reads the lines of a JSON log, each a document.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "countips/formats/json_description.h"
#include "countips/formats/json_finder.h"
#include "countips/records/read_rules.h"
#include "countips/records/record.h"

namespace countips {

// Whether the document is a request that has a client and a time. If the format is the user's own,
// any status, method, path or request line will do, and none if it has no keys for them.
// Thread-safe.
[[nodiscard]] bool tells_of_request(const json_description& format, std::string_view line);

// A document is read from its front for as long as something wanted can still be found: what stands
// behind is not looked at, so neither a torn end nor a broken string there loses a request. Where
// the end is missing before that, a better field might have followed, and the line is rejected.
//
// Texts of records are without the escapes of JSON: those are of the log, not of what was asked.
// Not thread-safe.
class json_reader {
 public:
  json_reader(const json_description& format, const read_rules& rules);

  [[nodiscard]] line_kind read(std::string_view line);
  [[nodiscard]] const record& last() const { return hit_; }
  [[nodiscard]] reject_reason why() const { return why_; }

 private:
  void find(std::string_view line);
  [[nodiscard]] bool has_needed() const;
  [[nodiscard]] bool is_sure_request() const;
  [[nodiscard]] line_kind judge();
  [[nodiscard]] line_kind judge_message();
  [[nodiscard]] line_kind judge_request();
  [[nodiscard]] line_kind reject(reject_reason why);
  [[nodiscard]] bool read_time();
  [[nodiscard]] std::string_view client_field();
  [[nodiscard]] bool read_client(std::string_view field);
  void read_wanted();
  void read_target();
  [[nodiscard]] std::string_view text_of(json_slot slot);

  const read_rules& rules_;
  const std::vector<std::string> markers_;
  const json_slot_set needed_;  // For a line to be a request.
  const bool needs_sign_;

  json_finder finder_;
  json_finder plain_finder_;  // Of what is needed only.
  json_found found_;
  json_end end_ = json_end::no_object;
  std::string unescaped_;  // Of this line.

  record hit_;
  reject_reason why_ = reject_reason::none;
  std::string last_client_;  // The field of the last client, and the text that it stands for.
  std::string client_text_;
  std::string last_time_;  // The field of the last time that was read, and what it says.
  timestamp last_moment_;
};

}  // namespace countips
