#include "countips/formats/layout_reader.h"

#include <algorithm>
#include <cstring>
#include <span>
#include <utility>
#include <variant>

#include "countips/clients/client_rules.h"
#include "countips/formats/field_scan.h"

namespace countips {

namespace {

// A time may stand in front of the one that is looked for, in what a client has sent. So many are
// looked at, lest a line that is full of them takes for ever.
constexpr int most_times = 4;

std::string_view without_cr(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// Neither ident nor user.
bool is_nobody(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c == '-' || c == ' '; });
}

bool has_address(std::string_view text) {
  while (!(text = trimmed(text)).empty()) {
    const std::string_view word = text.substr(0, text.find_first_of(" \t"));
    if (address_named(word)) return true;
    text.remove_prefix(word.size());
  }
  return false;
}

// Whether the text behind a time begins as it should; it may be torn, but not so that the time may
// be torn too.
bool ends_time(std::string_view rest, std::string_view behind) {
  return rest.starts_with(behind) || (!rest.empty() && behind.starts_with(rest));
}

}  // namespace

layout_reader::layout_reader(const read_rules& rules, std::shared_ptr<const layout> of)
    : rules_(rules),
      layout_(std::move(of)),
      is_bare_(!rules.wanted.any()),
      plan_(plan_for(*layout_, rules)),
      time_(layout_->time),
      values_(rules.wanted),
      usual_(*layout_, plan_, rules),
      front_(*layout_, plan_, rules) {}

line_kind layout_reader::read(std::string_view line) {
  line = without_cr(line);
  if (is_bare_ && repeats_last(line)) return line_kind::repeated;
  if (const std::size_t date_end = usual_.read(line, values_.what.who); date_end != 0) {
    last_head_ = line.substr(0, date_end);
    return line_kind::same_day;
  }
  if (front_.read(line, values_.what.who)) return line_kind::same_day;
  why_ = reject_reason::shape;
  values_.clear();
  address_text_ = nullptr;
  const std::optional<anchor> found = find_anchor(line);
  if (!found) return line_kind::rejected;
  why_ = reject_reason::no_time;
  const std::optional<timestamp>& time = time_.time();
  if (!time) return line_kind::rejected;
  why_ = reject_reason::no_client;
  values_.read(found->behind, std::span(layout_->tail).first(plan_.tail), layout_->has_escapes);
  if (!find_who(line.substr(0, found->head_size))) return line_kind::rejected;
  if (rules_.wanted.clock) {
    values_.what.time = *time;
  } else {
    values_.what.time.date = time->date;
  }
  last_head_ = plan_.is_in_head ? line.substr(0, found->date_end) : std::string_view();
  usual_.keep(line, values_.peer(), found->time, found->date_end);
  front_.keep(line, found->time, values_.peer());
  return line_kind::request;
}

// The same client and day as before.
bool layout_reader::repeats_last(std::string_view line) {
  const std::size_t size = last_head_.size();
  if (size == 0 || line.size() < size) return false;
  if (std::memcmp(line.data(), last_head_.data(), size) != 0) return false;
  std::string_view rest = line.substr(size);
  return time_.take_clock_behind(rest) && ends_time(rest, layout_->behind);
}

std::optional<layout_reader::anchor> layout_reader::find_anchor(std::string_view line) {
  const std::string& before = layout_->before_time();
  if (layout_->head.empty()) {
    const std::size_t start = line.find_first_not_of(" \t");
    if (start == std::string_view::npos || !line.substr(start).starts_with(before)) {
      return std::nullopt;
    }
    return anchor_at(line, start + before.size());
  }
  int times = 0;
  for (std::size_t at = find_text(line, before); at != std::string_view::npos && times < most_times;
       at = find_text(line, before, at + 1)) {
    auto found = anchor_at(line, at + before.size());
    if (!found) continue;
    ++times;
    found->head_size = at;
    if (read_head(line.substr(0, at))) return found;
  }
  return std::nullopt;
}

std::optional<layout_reader::anchor> layout_reader::anchor_at(std::string_view line,
                                                              std::size_t time_at) {
  std::string_view rest = line.substr(time_at);
  if (!time_.take(rest) || !ends_time(rest, layout_->behind)) return std::nullopt;
  const std::string_view time = line.substr(time_at, line.size() - rest.size() - time_at);
  rest.remove_prefix(std::min(layout_->behind.size(), rest.size()));
  const std::size_t date_size = time_.date_size();
  return anchor{0, date_size == 0 ? 0 : time_at + date_size, time, rest};
}

// False if it has not even the client that it should have.
bool layout_reader::read_head(std::string_view head) {
  address_text_ = nullptr;
  values_.clear();
  return plan_.goes_backward ? read_backward(head) : read_forward(head);
}

bool layout_reader::read_forward(std::string_view head) {
  if (!take_start(head)) return false;
  const std::vector<layout_field>& fields = layout_->head;
  bool has_client = false;
  is_whole_ = true;
  for (std::size_t i = 0; i < plan_.head; ++i) {
    const layout_field& field = fields[i];
    const bool is_last = i + 1 == fields.size();
    if (is_client(field) && !is_last && take_address(head, field)) {
      has_client = true;
      continue;
    }
    const auto value =
        is_last ? std::exchange(head, {}) : take_field(head, field, layout_->has_escapes);
    if (!value) is_whole_ = false;
    if (is_client(field) && !has_client) {
      // The fields between the client and the time may be missing.
      note_client(field, value.value_or(head));
      has_client = true;
    } else if (value) {
      values_.note(field, *value);
    }
    if (!value) break;
  }
  return has_client || !plan_.is_in_head;
}

// What is in front of the first field.
bool layout_reader::take_start(std::string_view& head) const {
  head = trimmed(head);
  if (head.starts_with('"') && !layout_->start.starts_with('"')) head.remove_prefix(1);
  if (!head.starts_with(layout_->start)) return false;
  head.remove_prefix(layout_->start.size());
  return true;
}

// The usual case of a client: an IPv4 address and what ends the field.
bool layout_reader::take_address(std::string_view& text, const layout_field& field) {
  ipv4_address address;
  const std::size_t size = field.has_port ? 0 : scan_ipv4(text, address);
  if (size == 0 || !text.substr(size).starts_with(field.end)) return false;
  const bool may_be_list = field.end.front() == ' ';
  if (may_be_list && behind_gap_in_list(text, size) != std::string_view::npos) return false;
  const std::string_view named = text.substr(0, size);
  values_.note(field, named);
  address_text_ = named.data();
  address_ = address;
  text.remove_prefix(size + field.end.size());
  return true;
}

// The text may go on behind the client.
void layout_reader::note_client(const layout_field& field, std::string_view text) {
  text = trimmed(text);
  const std::string_view named = first_list(text);
  values_.note(field, named);
  is_whole_ = is_whole_ && named.size() == text.size();
}

// Whether the head is as the layout has it, up to the time.
bool layout_reader::is_whole_head(std::string_view head) const {
  if (!is_whole_) return false;
  if (plan_.goes_backward) return true;
  if (!take_start(head)) return false;
  const std::vector<layout_field>& fields = layout_->head;
  for (std::size_t i = 0; i + 1 < fields.size(); ++i) {
    if (!take_field(head, fields[i], layout_->has_escapes)) return false;
  }
  return true;
}

bool layout_reader::read_backward(std::string_view head) {
  const std::vector<layout_field>& fields = layout_->head;
  is_whole_ = false;
  for (std::size_t i = fields.size(); i-- > 1;) {
    const std::string& before = fields[i - 1].end;
    const std::size_t at = head.rfind(before);
    if (at == std::string_view::npos) return false;
    values_.note(fields[i], head.substr(at + before.size()));
    head = head.substr(0, at);
  }
  head = trimmed(head);
  if (!head.starts_with(layout_->start)) return false;
  values_.note(fields[0], head.substr(layout_->start.size()));
  return is_whole_ = true;
}

bool layout_reader::find_who(std::string_view head) {
  const bool is_peer =
      !plan_.takes_forwarded ||
      (!values_.peer().empty() && names_nobody(values_.forwarded(), rules_.clients));
  const std::string_view named = is_peer ? values_.peer() : values_.forwarded();
  const std::optional<client> who = client_named(named);
  if (!who || !is_plausible(*who, named, head)) return false;
  values_.what.who = *who;
  return true;
}

std::optional<client> layout_reader::client_named(std::string_view text) const {
  if (rules_.clients.keeps_addresses()) {
    if (!text.empty() && text.data() == address_text_) return client(address_);
    ipv4_address address;
    if (!text.empty() && scan_ipv4(text, address) == text.size()) return client(address);
  }
  return find_client(text, rules_.clients);
}

bool layout_reader::is_plausible(const client& who, std::string_view named,
                                 std::string_view head) const {
  const bool is_name = std::holds_alternative<std::string_view>(who);
  if (is_name && plan_.needs_address) return false;
  if (!plan_.is_in_head) return true;
  const auto before = static_cast<std::size_t>(named.data() - head.data());
  const std::string_view behind = head.substr(before + named.size());
  if (!is_name && is_nobody(behind)) return true;
  const bool is_whole = is_whole_head(head);
  if (is_whole && (!is_name || plan_.has_others)) return true;
  return !has_address(behind) && (!is_name || (is_whole && !has_address(head.substr(0, before))));
}

}  // namespace countips
