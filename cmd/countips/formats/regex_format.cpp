#include "countips/formats/regex_format.h"

#include <algorithm>
#include <utility>

#include "countips/clients/client_rules.h"
#include "countips/formats/line_format.h"

namespace countips {

namespace {

using part = regex_layout::part;

struct named_part {
  std::string_view name;
  part told;
  time_shape shape = time_shape::any;
};

constexpr std::array<named_part, 13> names = {{
    {"client", part::who},
    {"forwarded", part::forwarded},
    {"time", part::time},
    {"time_clf", part::time, time_shape::clf},
    {"time_iso", part::time, time_shape::iso},
    {"time_ctime", part::time, time_shape::ctime},
    {"time_epoch", part::time, time_shape::epoch},
    {"request", part::request},
    {"method", part::method},
    {"path", part::path},
    {"status", part::status},
    {"agent", part::agent},
    {"host", part::host},
}};

std::string told_twice(std::string_view name) {
  return "the group '" + std::string(name) + "' tells what another one tells";
}

// What is wrong with the group; empty if nothing is.
std::string add_group(regex_layout& into, const std::string& name, int number) {
  const auto* const found = std::ranges::find(names, name, &named_part::name);
  if (found == names.end()) return "no group can be called '" + name + "'";
  std::size_t& group = into.groups[static_cast<std::size_t>(found->told)];
  if (group != 0) return told_twice(name);
  group = static_cast<std::size_t>(number);
  if (found->told == part::time) into.time = found->shape;
  return {};
}

std::string add_groups(regex_layout& into) {
  for (const auto& [number, name] : into.program.names()) {
    if (std::string error = add_group(into, name, number); !error.empty()) return error;
  }
  if (into.group(part::who) == 0) return "there is no group (?P<client>...)";
  if (into.group(part::time) == 0) return "there is no group (?P<time>...)";
  const bool has_halves = into.group(part::method) != 0 || into.group(part::path) != 0;
  return into.group(part::request) != 0 && has_halves ? told_twice("request") : std::string();
}

}  // namespace

par::expected<regex_layout, std::string> compile_regex(std::string_view pattern) {
  auto program = regex_program::compile(pattern);
  if (!program) return par::unexpected<std::string>(std::move(program.error()));
  regex_layout layout{*program};
  if (std::string error = add_groups(layout); !error.empty()) {
    return par::unexpected<std::string>(std::move(error));
  }
  return layout;
}

par::expected<std::shared_ptr<const log_format>, std::string> regex_format(
    std::string_view pattern) {
  auto layout = compile_regex(pattern);
  if (!layout) return par::unexpected<std::string>(std::move(layout.error()));
  return std::make_shared<line_format<regex_reader, regex_layout>>("regex", *std::move(layout));
}

regex_reader::regex_reader(const read_rules& rules, regex_layout layout)
    : rules_(rules),
      layout_(std::move(layout)),
      time_(layout_.time),
      keeper_(rules, client_port::maybe) {
  std::size_t last = 0;
  for (std::size_t i = 0; i < layout_.groups.size(); ++i) {
    if (is_wanted(static_cast<part>(i))) last = std::max(last, layout_.groups[i]);
  }
  found_.resize(last + 1);
}

line_kind regex_reader::read(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (!layout_.program.match(line, found_)) return reject(reject_reason::shape);
  if (!time_.read(text(part::time))) return reject(reject_reason::no_time);
  const line_kind kind = keeper_.take(client_text(), time_.last());
  if (kind == line_kind::rejected) return reject(reject_reason::no_client);
  if (kind == line_kind::request && rules_.wanted.any()) fill();
  return kind;
}

bool regex_reader::is_wanted(part which) const {
  switch (which) {
    case part::who:
    case part::time:
      return true;
    case part::forwarded:
      return rules_.forwarded;
    case part::request:
    case part::method:
    case part::path:
      return rules_.wanted.request;
    case part::status:
      return rules_.wanted.status;
    case part::agent:
      return rules_.wanted.agent;
    case part::host:
      return rules_.wanted.host;
  }
  return false;
}

// Empty if no group tells it, or it took no part in the match.
std::string_view regex_reader::text(part which) const {
  const std::size_t group = layout_.group(which);
  return group == 0 || !is_wanted(which) ? std::string_view() : found_[group];
}

std::string_view regex_reader::client_text() const {
  const std::string_view forwarded = text(part::forwarded);
  const bool is_peer = forwarded.empty() || names_nobody(forwarded, rules_.clients);
  return is_peer ? text(part::who) : forwarded;
}

line_kind regex_reader::reject(reject_reason why) {
  why_ = why;
  return line_kind::rejected;
}

void regex_reader::fill() {
  record& hit = keeper_.hit();
  split_request(text(part::request), hit);
  if (layout_.group(part::request) == 0) {
    hit.method = text(part::method);
    hit.path = text(part::path);
  }
  hit.status = text(part::status);
  hit.agent = text(part::agent);
  hit.host = text(part::host);
}

}  // namespace countips
