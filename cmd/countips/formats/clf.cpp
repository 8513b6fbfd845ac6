#include "countips/formats/clf.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstring>
#include <optional>

#include "countips/clients/byte_masks.h"
#include "countips/clients/scan_address.h"
#include "countips/formats/alike_lines.h"
#include "countips/formats/clf_client.h"
#include "countips/formats/read_lines.h"

namespace countips {

namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

std::string_view trim_front(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  return text;
}

// The text up to the first byte that the predicate holds for.
template <class Predicate>
std::string_view up_to(std::string_view text, Predicate is_end) {
  return {text.begin(), std::find_if(text.begin(), text.end(), is_end)};
}

// Where the time field opens, or npos.
std::size_t find_time(std::string_view line) {
  for (std::size_t at = line.find('['); at != std::string_view::npos; at = line.find('[', at + 1)) {
    if (at == 0 || line[at - 1] != ' ') continue;
    const std::string_view text = line.substr(at);
    if (is_clf_time_shaped(text) || read_odd_clf_time(text)) return at;
  }
  return std::string_view::npos;
}

class combined final : public log_format {
 public:
  [[nodiscard]] std::string name() const override { return "combined"; }
  [[nodiscard]] std::unique_ptr<block_reader> make_reader(const read_rules& rules) const override {
    return std::make_unique<lines_reader<clf_reader>>(rules, rules);
  }
};

// True if an odd number of backslashes stands before this place.
bool is_escaped(std::string_view text, std::size_t at) {
  std::size_t first = at;
  while (first > 0 && text[first - 1] == '\\') --first;
  return (at - first) % 2 != 0;
}

// The next text in quotes, which a backslash before a quote does not end. Takes it and the closing
// quote off the line; without that it goes on to the end.
std::string_view take_quoted(std::string_view& line) {
  const std::size_t open = line.find('"');
  if (open == std::string_view::npos) return line = {};
  line.remove_prefix(open + 1);
  std::size_t end = line.find('"');
  while (end != std::string_view::npos && is_escaped(line, end)) end = line.find('"', end + 1);
  end = std::min(end, line.size());
  const std::string_view text = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return text;
}

// As much of a head as is compared at once.
constexpr std::size_t longest_repeatable = 32;
static_assert(longest_repeatable + clf_clock_size < scan_address_reads);

}  // namespace

std::shared_ptr<const log_format> combined_format() {
  return std::make_shared<combined>();
}

clf_reader::clf_reader(const read_rules& rules) : rules_(rules), is_bare_(!rules.wanted.any()) {
  std::ranges::fill(std::ranges::copy(nobody, usual_lead_.begin()).out, usual_lead_.end(), '\n');
}

line_kind clf_reader::read(std::string_view line) {
  const bool repeats = repeats_last(line);
  if (is_bare_ && repeats) return line_kind::repeated;
  const day told = hit_.time.date;
  if (!repeats && !read_usual(line) && !read_any(line)) {
    is_repeatable_ = false;  // The hit may have the client of this line.
    return line_kind::rejected;
  }
  if (is_bare_) return hit_.time.date == told ? line_kind::same_day : line_kind::request;
  if (rules_.wanted.clock) read_clock(line, hit_.time);
  read_tail(line.substr(time_end()));
  return line_kind::request;
}

bool clf_reader::read_alike(line_splitter& from, bool wants_status, address_run& into) {
  if (!rules_.clients.keeps_addresses()) return false;
  const std::string_view lead(usual_lead_.data(), usual_lead_.size());
  if (!last_head_.ends_with(lead)) return false;
  const char* const model = last_head_.data() + last_head_.size() - lead.size() + 1;
  const std::size_t lines = countips::read_alike(from.ahead(), model, wants_status, into);
  from.skip(lines);
  if (lines != 0) is_repeatable_ = false;  // The last head is not that of the line before.
  return lines != 0;
}

// The same client and day as before.
bool clf_reader::repeats_last(std::string_view line) const {
  const std::size_t size = last_head_.size();
  if (!is_repeatable_ || line.size() < scan_address_reads) return false;
  const std::uint32_t first = byte_block(line.data()).equal_to(byte_block(last_head_.data()));
  const std::uint32_t second =
      byte_block(line.data() + 16).equal_to(byte_block(last_head_.data() + 16));
  const auto same = static_cast<std::size_t>(std::countr_one(first | second << 16));
  return same >= size && is_clf_clock_ahead(line.data() + size);
}

// An address, and the same day as before.
bool clf_reader::read_usual(std::string_view line) {
  if (line.size() < scan_address_reads) return false;
  const std::size_t size = read_address(line.data());
  const std::size_t head = size == 0 ? 0 : head_with_last_date(line, size);
  if (head == 0 || line.size() <= head + clf_clock_size ||
      !is_clf_clock_ahead(line.data() + head)) {
    return false;
  }
  if (!rules_.clients.keeps_addresses()) hit_.who = masked(hit_.who, rules_.clients);
  keep_head(line, head);
  return true;
}

// How long the line is up to the clock, if nothing but ident, user and the last date stand between
// it and the end of the client, which is there; else 0.
std::size_t clf_reader::head_with_last_date(std::string_view line, std::size_t at) const {
  if (line.size() < at + usual_lead_size) return 0;
  if (is_usual_lead(line.data() + at)) return at + usual_lead_size;
  const bool may_be_list = is_blank(line[at + 1]) || line[at + 1] == ',';
  if (line[at] != ' ' || may_be_list) return 0;
  const std::size_t open = line.find('[', at);
  if (open == std::string_view::npos || line[open - 1] != ' ' ||
      line.size() < open + clf_date_size || !has_last_date(line.substr(open))) {
    return 0;
  }
  return open + clf_date_size;
}

// Neither ident nor user, and the last date. REQUIRES as many bytes.
bool clf_reader::is_usual_lead(const char* text) const {
  constexpr std::size_t rest = usual_lead_size - 16;
  const char* const usual = usual_lead_.data();
  return (byte_block(text).equal_to(byte_block(usual)) &
          byte_block(text + rest).equal_to(byte_block(usual + rest))) == 0xffff;
}

// Into the hit, and not by way of another client: processors stall when they copy what has just
// been written in part. Returns its length, or 0.
std::size_t clf_reader::read_address(const char* line) {
  ipv4_address v4;
  if (const std::size_t size = scan_ipv4_ahead(line, v4); size != 0) {
    hit_.who = v4;
    return size;
  }
  ipv6_address v6;
  const std::size_t size = scan_ipv6_ahead(line, v6);
  if (size != 0) hit_.who = v6;
  return size;
}

bool clf_reader::read_any(std::string_view line) {
  const std::size_t at = find_time(line);
  why_ = reject_reason::shape;
  if (at == std::string_view::npos) return false;
  why_ = reject_reason::no_time;
  const std::string_view time = line.substr(at);
  const auto odd = is_clf_time_shaped(time) ? std::nullopt : read_odd_clf_time(time);
  if (odd ? !odd->time : !read_date(time) || !is_clf_clock(time.substr(clf_date_size))) {
    return false;
  }
  why_ = reject_reason::no_client;
  const std::optional<client> who =
      client_in_head(line.substr(0, at - 1), odd.has_value(), rules_.clients);
  if (!who) return false;
  hit_.who = *who;
  if (odd) {
    keep_odd_time(*odd->time, at + odd->size);
  } else {
    keep_head(line, at + clf_date_size);
  }
  return true;
}

// REQUIRES at least clf_date_size bytes.
bool clf_reader::has_last_date(std::string_view time) const {
  return std::memcmp(time.data(), usual_lead_.data() + nobody.size(), clf_date_size) == 0;
}

// Leaves the day in last_day_; false if there is no such day.
bool clf_reader::read_date(std::string_view time) {
  if (has_last_date(time)) return true;
  const std::optional<day> parsed = parse_clf_date(time);
  if (!parsed) return false;
  std::ranges::copy(time.substr(0, clf_date_size), usual_lead_.begin() + nobody.size());
  last_day_ = *parsed;
  return true;
}

void clf_reader::keep_head(std::string_view line, std::size_t head_size) {
  hit_.time.date = last_day_;
  last_head_ = line.substr(0, head_size);
  odd_time_end_ = 0;
  is_repeatable_ = head_size <= longest_repeatable && line.size() >= scan_address_reads;
}

// There is no head then that other lines could be compared with.
void clf_reader::keep_odd_time(const timestamp& time, std::size_t end) {
  hit_.time = time;
  last_head_ = {};
  odd_time_end_ = end;
  is_repeatable_ = false;
}

void clf_reader::read_clock(std::string_view line, timestamp& into) const {
  if (odd_time_end_ != 0) return;
  read_clf_clock(line.data() + last_head_.size(), into);
}

// Behind the time: "request" status bytes "referrer" "agent"
void clf_reader::read_tail(std::string_view line) {
  const std::string_view request = take_quoted(line);
  if (rules_.wanted.request) split_request(request, hit_);
  if (rules_.wanted.status) hit_.status = up_to(trim_front(line), is_blank);
  if (!rules_.wanted.agent) return;
  static_cast<void>(take_quoted(line));
  hit_.agent = take_quoted(line);
}

}  // namespace countips
