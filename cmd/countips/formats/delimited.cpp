#include "countips/formats/delimited.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "countips/clients/client_rules.h"
#include "countips/formats/line_format.h"

namespace countips {

namespace {

bool is_needed(column_role role) {
  return role == column_role::checked || role == column_role::peer || role == column_role::time ||
         role == column_role::date || role == column_role::clock;
}

}  // namespace

delimited_reader::delimited_reader(const read_rules& rules, const field_layout& layout)
    : rules_(rules), layout_(layout), time_(layout.time), keeper_(rules, layout.port) {
  plan();
}

line_kind delimited_reader::read(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  const std::size_t head = head_steps_ == 0 ? 0 : known_head(line);
  const bool is_alike = head != 0;
  field_cutter fields(line.substr(head), layout_.syntax);
  if (layout_.columns.empty() || !cut(fields, is_alike ? head_steps_ : 0)) {
    return reject(reject_reason::shape);
  }
  const line_kind checked = layout_.check == nullptr || (is_alike && is_checked_in_head_)
                                ? line_kind::request
                                : layout_.check(field(column_role::checked));
  if (checked == line_kind::rejected) return reject(reject_reason::shape);
  if (!is_alike && !read_time()) return reject(reject_reason::no_time);
  if (checked != line_kind::request) return checked;
  const std::string_view who = client_text();
  const char* const line_end = is_copied(who) ? nullptr : line.data() + line.size();
  const line_kind kind = keeper_.take(who, time_of_line(), line_end);
  if (kind == line_kind::rejected) return reject(reject_reason::no_client);
  if (!has_right_count(fields)) {
    keeper_.forget();
    return reject(reject_reason::shape);
  }
  if (kind == line_kind::request && rules_.wanted.any()) fill();
  if (!is_alike && head_steps_ != 0) learn_head(line);
  return kind;
}

// How long the line is like the last request up to the client; else 0, and that is forgotten,
// because it holds for the last time that was read.
std::size_t delimited_reader::known_head(std::string_view line) {
  const std::size_t size = head_.size_in(line);
  if (size != 0 && size < line.size()) return size;
  head_.forget();
  return 0;
}

// A word that a separator stands in front of is cut the same way if the line begins with it.
void delimited_reader::learn_head(std::string_view line) {
  const std::string_view who = field(column_role::peer);
  const auto size = static_cast<std::size_t>(who.data() - line.data());
  if (size == 0 || (line[size - 1] != ' ' && line[size - 1] != '\t')) return;
  const std::string_view time = field(column_role::time);
  head_.learn(line.substr(0, size), time.empty() ? field(column_role::clock) : time);
}

line_kind delimited_reader::reject(reject_reason why) {
  why_ = why;
  return line_kind::rejected;
}

void delimited_reader::plan() {
  for (const field_column& column : layout_.columns) {
    if (!is_wanted(column.role)) continue;
    const bool again = column.number < taken_;
    steps_.push_back({again ? 0 : column.number - taken_, column.role, again});
    taken_ = column.number + 1;
    if (is_needed(column.role)) needed_ = steps_.size();
  }
  plan_head();
}

// Lines can be alike in front of the client if only clients and days are looked for, and the time
// stands there.
void delimited_reader::plan_head() {
  if (rules_.wanted.any() || rules_.forwarded) return;
  const auto peer = std::ranges::find(steps_, column_role::peer, &step::role);
  const auto is_of_time = [](const step& each) {
    return each.role == column_role::time || each.role == column_role::date ||
           each.role == column_role::clock;
  };
  const bool has_time = std::any_of(steps_.begin(), peer, is_of_time);
  if (!has_time || peer == steps_.end() || peer->again ||
      std::any_of(peer, steps_.end(), is_of_time))
    return;
  head_steps_ = static_cast<std::size_t>(peer - steps_.begin());
  is_checked_in_head_ =
      std::ranges::find(steps_.begin(), peer, column_role::checked, &step::role) != peer;
}

bool delimited_reader::is_wanted(column_role role) const {
  switch (role) {
    case column_role::forwarded:
      return rules_.forwarded;
    case column_role::status:
    case column_role::cache_status:
      return rules_.wanted.status;
    case column_role::request:
    case column_role::method:
    case column_role::path:
    case column_role::query:
      return rules_.wanted.request || (layout_.has_urls && rules_.wanted.host);
    case column_role::agent:
      return rules_.wanted.agent;
    case column_role::host:
      return rules_.wanted.host;
    default:
      return true;
  }
}

// From the step on that the fields begin with.
bool delimited_reader::cut(field_cutter& fields, std::size_t from) {
  for (done_ = from; done_ < steps_.size(); ++done_) {
    const bool is_there = done_ == from && from != 0;
    if (!take(steps_[done_], is_there ? 0 : steps_[done_].skipped, fields)) break;
  }
  for (std::size_t i = done_; i < steps_.size(); ++i) field(steps_[i].role) = {};
  return done_ >= needed_;
}

bool delimited_reader::take(const step& what, std::size_t skipped, field_cutter& fields) {
  std::string_view& into = field(what.role);
  if (what.again) {
    into = field(steps_[done_ - 1].role);
    return true;
  }
  if (!fields.skip(skipped)) return false;
  return what.role == column_role::first_request ? fields.next_before_number(into)
                                                 : fields.next(into);
}

bool delimited_reader::has_right_count(field_cutter& fields) const {
  if (layout_.rule == column_rule::any) return true;
  const bool is_name = std::holds_alternative<std::string_view>(keeper_.hit().who);
  if (layout_.rule == column_rule::if_named && !is_name) return true;
  return done_ == steps_.size() && taken_ + fields.count_rest() == layout_.count;
}

bool delimited_reader::read_time() {
  if (const std::string_view whole = field(column_role::time); !whole.empty()) {
    return time_.read(whole);
  }
  const std::string_view clock = field(column_role::clock);
  if (clock.empty()) return false;
  const std::string_view date = field(column_role::date);
  if (!date.empty()) return time_.read_apart(date, clock);
  return layout_.date && time_.read_clock(*layout_.date, clock);
}

const timestamp& delimited_reader::time_of_line() {
  if (time_.last().has_offset || !layout_.offset) return time_.last();
  with_offset_ = time_.last();
  with_offset_.offset = *layout_.offset;
  with_offset_.has_offset = true;
  return with_offset_;
}

// Where blanks stand for separators, those of a list are written as '+' or "%20".
std::string_view delimited_reader::client_text() {
  const std::string_view forwarded = field(column_role::forwarded);
  const bool is_peer = forwarded.empty() || names_nobody(forwarded, rules_.clients);
  const std::string_view text = is_peer ? field(column_role::peer) : forwarded;
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos || (text.find(",+", comma) == std::string_view::npos &&
                                          text.find(",%20", comma) == std::string_view::npos)) {
    return text;
  }
  list_.clear();
  for (std::string_view rest = text; !rest.empty(); rest.remove_prefix(1)) {
    list_ += rest.front();
    if (rest.starts_with(",+")) rest.remove_prefix(1);
    if (rest.starts_with(",%20")) rest.remove_prefix(3);
  }
  return list_;
}

void delimited_reader::fill() {
  record& hit = keeper_.hit();
  hit.status = field(column_role::status);
  if (const std::string_view both = field(column_role::cache_status); !both.empty()) {
    hit.status = both.substr(std::min(both.find('/'), both.size() - 1) + 1);
  }
  hit.agent = field(column_role::agent);
  hit.host = field(column_role::host);
  fill_request();
  if (layout_.has_urls) split_url(hit);
  if (!rules_.wanted.request) hit.method = hit.path = {};
  if (!rules_.wanted.host) hit.host = {};
}

void delimited_reader::fill_request() {
  record& hit = keeper_.hit();
  split_request(field(column_role::request), hit);
  if (const std::string_view first = field(column_role::first_request); !first.empty()) {
    split_request(first, hit);
  }
  if (const std::string_view method = field(column_role::method); !method.empty()) {
    hit.method = method;
  }
  if (const std::string_view path = field(column_role::path); !path.empty()) hit.path = path;
  const std::string_view query = field(column_role::query);
  if (is_absent(query)) return;
  path_ = hit.path;
  path_ += '?';
  path_ += query;
  hit.path = path_;
}

// "https://user@www.example.com:443/path", or "www.example.com:443" of a CONNECT.
void delimited_reader::split_url(record& into) const {
  const std::size_t scheme = into.path.find("://");
  const bool is_url = scheme != std::string_view::npos && scheme < into.path.find_first_of("/?#");
  if (!is_url && into.method != "CONNECT") return;
  std::string_view host = is_url ? into.path.substr(scheme + 3) : into.path;
  host = host.substr(0, host.find_first_of("/?#"));
  if (is_url) into.path.remove_prefix(scheme + 3 + host.size());
  host.remove_prefix(std::min(host.find('@') + 1, host.size()));
  const std::size_t port = host.find(':', host.starts_with('[') ? host.find(']') : 0);
  if (into.host.empty()) into.host = host.substr(0, port);
}

std::shared_ptr<const log_format> delimited_format(std::string name, field_layout layout) {
  return std::make_shared<line_format<delimited_reader, field_layout>>(std::move(name),
                                                                       std::move(layout));
}

}  // namespace countips
