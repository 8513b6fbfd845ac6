#include "countips/formats/ltsv.h"

#include <algorithm>
#include <cstring>
#include <variant>

#include "countips/clients/client_rules.h"
#include "countips/formats/field_cutter.h"
#include "countips/formats/read_lines.h"
#include "countips/records/request_signs.h"

namespace countips {

namespace {

using role = ltsv_reader::role;

struct named_role {
  std::string_view name;
  role meaning;
};

constexpr std::array<named_role, 45> labels = {{
    {"time", role::time},
    {"time_local", role::time},
    {"time_iso8601", role::time},
    {"datetime", role::time},
    {"date", role::time},
    {"timestamp", role::time},
    {"@timestamp", role::time},
    {"msec", role::time},
    {"remote_addr", role::peer},
    {"remote_host", role::peer},
    {"remoteaddr", role::peer},
    {"remote_ip", role::peer},
    {"client_ip", role::peer},
    {"clientip", role::peer},
    {"client", role::peer},
    {"ip", role::peer},
    {"host", role::peer_or_host},
    {"forwardedfor", role::forwarded},
    {"x_forwarded_for", role::forwarded},
    {"x-forwarded-for", role::forwarded},
    {"http_x_forwarded_for", role::forwarded},
    {"xff", role::forwarded},
    {"status", role::status},
    {"req", role::request},
    {"request", role::request},
    {"method", role::method},
    {"request_method", role::method},
    {"uri", role::path},
    {"request_uri", role::path},
    {"path", role::path},
    {"ua", role::agent},
    {"user_agent", role::agent},
    {"useragent", role::agent},
    {"http_user_agent", role::agent},
    {"vhost", role::host},
    {"server_name", role::host},
    {"servername", role::host},
    {"http_host", role::host},
    {"virtual_host", role::host},
    {"msg", role::message},
    {"message", role::message},
    {"level", role::message},
    {"loglevel", role::message},
    {"severity", role::message},
    {"event", role::message},
}};

// What is remembered of a line is bounded, whatever it holds.
constexpr std::size_t longest_label = 64;
constexpr std::size_t most_columns = 256;

role role_named(std::string_view label) {
  const auto* const found = std::ranges::find(labels, label, &named_role::name);
  return found == labels.end() ? role::none : found->meaning;
}

}  // namespace

line_kind ltsv_reader::read(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  seen_ = 0;
  names_peer_ = false;
  field_cutter fields(line, {separator::tab, quoting::none, false});
  std::size_t number = 0;
  for (std::string_view field; fields.next(field); ++number) {
    label found = read_label(number, field, line.data() + line.size());
    if (found.size == 0) found = learn_label(number, field);
    if (found.meaning == role::none) continue;
    note(found.meaning, field.substr(found.size));
  }
  const std::string_view when = value(role::time);
  if (when.empty()) return reject(reject_reason::shape);
  if (!time_.read(when)) return reject(reject_reason::no_time);
  if (has(role::message) && !has_request() && !is_status(value(role::status))) {
    return line_kind::other;
  }
  const line_kind kind = keeper_.take(client_text(), time_.last(), line.data() + line.size());
  if (kind == line_kind::rejected) return reject(reject_reason::no_client);
  if (kind == line_kind::request && rules_.wanted.any()) fill();
  return kind;
}

// The first that there is.
void ltsv_reader::note(role which, std::string_view value) {
  names_peer_ = names_peer_ || which == role::peer;
  if (has(which) || is_absent(value)) return;
  seen_ |= bit(which);
  values_[static_cast<std::size_t>(which)] = value;
}

// Empty if it is another than last time.
ltsv_reader::label ltsv_reader::read_label(std::size_t number, std::string_view field,
                                           const char* line_end) const {
  if (number >= columns_.size()) return {};
  const column& known = columns_[number];
  if (!begins_with_label(field, known, line_end)) return {};
  return {known.meaning, known.label.size()};
}

bool ltsv_reader::begins_with_label(std::string_view field, const column& known,
                                    const char* line_end) {
  std::uint64_t head = 0;
  if (line_end - field.data() < std::ptrdiff_t{sizeof head}) return field.starts_with(known.label);
  std::memcpy(&head, field.data(), sizeof head);
  if (((head ^ known.head) & known.head_bits) != 0) return false;
  return known.label.size() <= sizeof head || field.starts_with(known.label);
}

void ltsv_reader::name(column& which, std::string_view label) {
  constexpr std::uint64_t all = ~std::uint64_t{0};
  const std::size_t size = std::min(label.size(), sizeof which.head);
  which.label = label;
  which.head = which.head_bits = 0;
  std::memcpy(&which.head, label.data(), size);
  std::memcpy(&which.head_bits, &all, size);
}

ltsv_reader::label ltsv_reader::learn_label(std::size_t number, std::string_view field) {
  const std::size_t colon = field.substr(0, longest_label).find(':');
  if (colon == std::string_view::npos) return {};
  const role meaning = role_named(field.substr(0, colon));
  if (number == columns_.size() && number < most_columns) columns_.emplace_back();
  if (number < columns_.size()) {
    name(columns_[number], field.substr(0, colon + 1));
    columns_[number].meaning = meaning;
  }
  return {meaning, colon + 1};
}

bool ltsv_reader::has_request() const {
  return is_method(value(role::method)) || is_request_line(value(role::request));
}

bool ltsv_reader::tells_of_request() const {
  if (has_request()) return true;
  const bool is_name = std::holds_alternative<std::string_view>(keeper_.hit().who);
  return is_status(value(role::status)) && (names_peer_ || !is_name);
}

std::string_view ltsv_reader::client_text() const {
  const std::string_view forwarded = value(role::forwarded);
  const std::string_view peer = value(names_peer_ ? role::peer : role::peer_or_host);
  if (!rules_.forwarded || forwarded.empty()) return peer;
  return !peer.empty() && names_nobody(forwarded, rules_.clients) ? peer : forwarded;
}

line_kind ltsv_reader::reject(reject_reason why) {
  why_ = why;
  return line_kind::rejected;
}

void ltsv_reader::fill() {
  record& hit = keeper_.hit();
  const wanted_fields& wanted = rules_.wanted;
  if (wanted.status) hit.status = value(role::status);
  if (wanted.agent) hit.agent = value(role::agent);
  if (wanted.request) {
    split_request(value(role::request), hit);
    if (const auto method = value(role::method); !method.empty()) hit.method = method;
    if (const auto path = value(role::path); !path.empty()) hit.path = path;
  }
  if (!wanted.host) return;
  hit.host = value(role::host);
  if (hit.host.empty() && names_peer_) hit.host = value(role::peer_or_host);
}

namespace {

class ltsv final : public log_format {
 public:
  [[nodiscard]] std::string name() const override { return "ltsv"; }

  [[nodiscard]] std::unique_ptr<block_reader> make_reader(const read_rules& rules) const override {
    return std::make_unique<lines_reader<ltsv_reader>>(rules, rules);
  }

  // Programs log times and hosts with labels for other reasons as well.
  using log_format::explains;
  [[nodiscard]] std::size_t explains(std::string_view line) const override {
    const read_rules rules;
    ltsv_reader reader(rules);
    const bool is_request = reader.read(line) == line_kind::request;
    return is_request && reader.tells_of_request() ? line.size() : 0;
  }
  [[nodiscard]] bool is_told_by_address() const override { return false; }
  [[nodiscard]] bool is_told_by_shape() const override { return true; }
};

}  // namespace

std::shared_ptr<const log_format> ltsv_format() {
  return std::make_shared<ltsv>();
}

}  // namespace countips
