#include "countips/formats/json_reader.h"

#include <algorithm>
#include <variant>

#include "countips/clients/client_rules.h"
#include "countips/formats/json_text.h"
#include "countips/times/time_text.h"

namespace countips {

namespace {

bool has_request(const json_found& found) {
  return found.has(json_slot::status) || found.has(json_slot::method) ||
         found.has(json_slot::path) || found.has(json_slot::request);
}

bool has_request_keys(const json_description& format) {
  return !(format.status.empty() && format.method.empty() && format.path.empty() &&
           format.request.empty());
}

json_slot_set needed_by(const json_description& format) {
  json_slot_set needed;
  needed.add(json_slot::who);
  needed.add(json_slot::time);
  if (!format.marker.empty()) needed.add(json_slot::marker);
  return needed;
}

// The user's word is enough.
bool needs_sign_by(const json_description& format) {
  return !format.is_given && has_request_keys(format);
}

// The slots that have a path in the format; the others would never be decided.
json_slot_set asked_of(const json_description& format, bool forwarded,
                       const wanted_fields& wanted) {
  json_slot_set asked = needed_by(format);
  if (needs_sign_by(format) && format.marker.empty()) asked.add(json_slot::sign);
  if (forwarded && !format.forwarded.empty()) asked.add(json_slot::peer);
  const auto ask = [&asked](bool is_wanted, json_slot slot, const json_description::paths& paths) {
    if (is_wanted && !paths.empty()) asked.add(slot);
  };
  ask(wanted.status, json_slot::status, format.status);
  ask(wanted.request, json_slot::method, format.method);
  ask(wanted.request, json_slot::path, format.path);
  ask(wanted.request, json_slot::request, format.request);
  ask(wanted.agent, json_slot::agent, format.agent);
  ask(wanted.host, json_slot::host, format.host);
  return asked;
}

// "2024/05/26 14:16:03", as Caddy writes it if it is told to.
std::optional<timestamp> parse_wall_time(std::string_view text) {
  std::string iso(text);
  std::ranges::replace(iso, '/', '-');
  return parse_iso_time(iso);
}

std::optional<timestamp> time_of(json_value value) {
  std::string_view text = value.text;
  if (!value.is_string) return parse_epoch(text);
  if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
  if (text.size() > 4 && text[4] == '-') return parse_iso_time(text);
  if (text.size() > 4 && text[4] == '/') return parse_wall_time(text);
  if (const auto time = parse_clf_time(text)) return time;
  return parse_epoch(text);
}

// Takes scheme and host off a URL: "https://example.com/a?b" is "/a?b" asked of "example.com".
std::string_view take_origin(std::string_view& url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos || url.find('/') < scheme) return {};
  const std::string_view rest = url.substr(scheme + 3);
  const std::size_t end = std::min(rest.find_first_of("/?"), rest.size());
  url = rest.substr(end);
  return rest.substr(0, end);
}

}  // namespace

bool tells_of_request(const json_description& format, std::string_view line) {
  const wanted_fields all{
      .clock = true, .status = true, .request = true, .agent = true, .host = true};
  json_finder finder(json_key_tree(format, false, all), asked_of(format, false, all));
  json_found found;
  static_cast<void>(finder.find(line, found));
  if (!found.has(json_slot::who) || !found.has(json_slot::time)) return false;
  if (needs_sign_by(format)) return found.has(json_slot::sign);
  return has_request(found) || !has_request_keys(format);
}

json_reader::json_reader(const json_description& format, const read_rules& rules)
    : rules_(rules),
      markers_(format.marker_values),
      needed_(needed_by(format)),
      needs_sign_(needs_sign_by(format)),
      finder_(json_key_tree(format, rules.forwarded, rules.wanted),
              asked_of(format, rules.forwarded, rules.wanted)),
      plain_finder_(json_key_tree(format, rules.forwarded, {}),
                    asked_of(format, rules.forwarded, {})) {}

line_kind json_reader::read(std::string_view line) {
  unescaped_.clear();
  unescaped_.reserve(line.size());  // No text gets longer, so none of them moves.
  find(line);
  return judge();
}

// What is wanted besides may be where a document is broken; then it is read without.
void json_reader::find(std::string_view line) {
  end_ = finder_.find(line, found_);
  if (end_ != json_end::torn || !rules_.wanted.any()) return;
  if (has_needed() && is_sure_request()) return;
  found_.clear();
  end_ = plain_finder_.find(line, found_);
}

bool json_reader::has_needed() const {
  return found_.decided().has_all(needed_);
}

bool json_reader::is_sure_request() const {
  return !needs_sign_ || found_.has(json_slot::sign) || found_.has(json_slot::marker);
}

line_kind json_reader::judge() {
  if (end_ == json_end::no_object) return reject(reject_reason::shape);
  const std::string_view marker = found_.get(json_slot::marker).text;
  if (!marker.empty() && std::ranges::find(markers_, marker) == markers_.end()) {
    return line_kind::other;
  }
  if (end_ == json_end::torn && !has_needed()) {
    return reject(reject_reason::shape);
  }
  const bool has_client = found_.has(json_slot::who) || found_.has(json_slot::peer);
  return has_client ? judge_request() : judge_message();
}

line_kind json_reader::judge_message() {
  const bool is_request = found_.has(json_slot::sign);
  const bool has_time = found_.has(json_slot::time);
  if (!is_request && !has_time) return reject(reject_reason::shape);
  if (!is_request && found_.has(json_slot::message) && read_time()) return line_kind::other;
  return reject(reject_reason::no_client);
}

line_kind json_reader::judge_request() {
  const bool is_same_time = found_.get(json_slot::time).text == last_time_ && !last_time_.empty();
  const day day_before = hit_.time.date;
  if (!is_same_time && !read_time()) return reject(reject_reason::no_time);
  const std::string_view field = client_field();
  const bool is_same_client = field == last_client_;
  if (!is_same_client && !read_client(field)) return reject(reject_reason::no_client);
  // What is torn may have had a sign of a request.
  if (end_ != json_end::torn && !is_sure_request()) {
    last_client_.clear();  // Of the last request.
    return line_kind::other;
  }
  hit_.time = last_moment_;
  if (rules_.wanted.any()) {
    read_wanted();
  } else if (is_same_client && day_before == hit_.time.date) {
    return line_kind::repeated;
  }
  return line_kind::request;
}

line_kind json_reader::reject(reject_reason why) {
  why_ = why;
  return line_kind::rejected;
}

// Leaves the time in last_moment_.
bool json_reader::read_time() {
  json_value value = found_.get(json_slot::time);
  last_time_ = value.text;
  value.text = text_of(json_slot::time);
  const std::optional<timestamp> time = time_of(value);
  if (time) last_moment_ = *time;
  if (!time) last_time_.clear();
  return time.has_value();
}

// The field that tells the client, as the document has it.
std::string_view json_reader::client_field() {
  const bool is_peer =
      found_.has(json_slot::peer) && names_nobody(text_of(json_slot::who), rules_.clients);
  return found_.get(is_peer ? json_slot::peer : json_slot::who).text;
}

// The field is kept, since a name points into it.
bool json_reader::read_client(std::string_view field) {
  std::string text;
  append_unescaped(field, text);
  const std::optional<client> who = find_client(text, rules_.clients);
  if (!who) return false;
  last_client_ = field;
  client_text_.swap(text);
  const bool is_name = std::holds_alternative<std::string_view>(*who);
  hit_.who = is_name ? *find_client(client_text_, rules_.clients) : *who;
  return true;
}

void json_reader::read_wanted() {
  const wanted_fields& wanted = rules_.wanted;
  if (wanted.status) hit_.status = text_of(json_slot::status);
  if (wanted.agent) hit_.agent = text_of(json_slot::agent);
  if (wanted.host) hit_.host = text_of(json_slot::host);
  if (wanted.request || wanted.host) read_target();
}

// Method and path, and the host of a path that is a whole URL.
void json_reader::read_target() {
  split_request(text_of(json_slot::request), hit_);
  if (found_.has(json_slot::method)) hit_.method = text_of(json_slot::method);
  if (found_.has(json_slot::path)) hit_.path = text_of(json_slot::path);
  const std::string_view origin = take_origin(hit_.path);
  if (rules_.wanted.host && hit_.host.empty()) hit_.host = origin;
  if (!rules_.wanted.request) hit_.method = hit_.path = {};
}

// The text without escapes; good until the next line.
std::string_view json_reader::text_of(json_slot slot) {
  const std::string_view raw = found_.get(slot).text;
  if (raw.find('\\') == std::string_view::npos) return raw;
  const std::size_t begin = unescaped_.size();
  append_unescaped(raw, unescaped_);
  return std::string_view(unescaped_).substr(begin);
}

}  // namespace countips
