#include "countips/formats/w3c_header.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "countips/formats/read_lines.h"
#include "countips/times/time_text.h"

namespace countips {

namespace {

struct named_role {
  std::string_view name;  // In small letters.
  column_role role;
};

// Of two columns with the same role the one whose name stands further down here is taken.
constexpr std::array<named_role, 20> w3c_names = {{
    {"date", column_role::date},
    {"date-local", column_role::date},
    {"time", column_role::clock},
    {"time-local", column_role::clock},
    {"c-ip", column_role::peer},
    {"x-forwarded-for", column_role::forwarded},
    {"cs(x-forwarded-for)", column_role::forwarded},
    {"cs-method", column_role::method},
    {"cs-uri", column_role::path},
    {"cs-uri-stem", column_role::path},
    {"cs-uri-query", column_role::query},
    {"c-status", column_role::status},
    {"sc-status", column_role::status},
    {"x-cf-status", column_role::status},
    {"c-user-agent", column_role::agent},
    {"c-agent", column_role::agent},
    {"cs(user-agent)", column_role::agent},
    {"cs-host", column_role::host},
    {"cs(host)", column_role::host},
    {"x-host-header", column_role::host},
}};

constexpr std::array<named_role, 7> zeek_names = {{
    {"ts", column_role::time},
    {"id.orig_h", column_role::peer},
    {"method", column_role::method},
    {"uri", column_role::path},
    {"status_code", column_role::status},
    {"user_agent", column_role::agent},
    {"host", column_role::host},
}};

std::string in_small_letters(std::string_view text) {
  std::string small(text);
  for (char& c : small) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return small;
}

// The value behind the name of a directive, in any case; nullopt if it is another.
std::optional<std::string_view> value_of(std::string_view line, std::string_view name) {
  if (line.size() < name.size() || in_small_letters(line.substr(0, name.size())) != name) {
    return std::nullopt;
  }
  line.remove_prefix(name.size());
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  return line;
}

template <std::size_t N>
std::size_t rank_of(std::string_view name, const std::array<named_role, N>& names) {
  const auto found = std::ranges::find(names, name, &named_role::name);
  return static_cast<std::size_t>(found - names.begin());
}

// The columns that have a role, in the order of their numbers.
template <std::size_t N>
std::vector<field_column> columns_of(const std::vector<std::string>& titles,
                                     const std::array<named_role, N>& names) {
  std::array<std::pair<std::size_t, std::size_t>, field_roles> best;  // Rank and column.
  best.fill({N, 0});
  for (std::size_t i = 0; i < titles.size(); ++i) {
    const std::size_t rank = rank_of(titles[i], names);
    if (rank == N) continue;
    auto& known = best[static_cast<std::size_t>(names[rank].role)];
    if (known.first == N || rank > known.first) known = {rank, i};
  }
  std::vector<field_column> columns;
  for (std::size_t role = 0; role < best.size(); ++role) {
    if (best[role].first == N) continue;
    columns.push_back({best[role].second, static_cast<column_role>(role)});
  }
  std::ranges::sort(columns, {}, &field_column::number);
  return columns;
}

bool has_role(const std::vector<field_column>& columns, column_role role) {
  return std::ranges::find(columns, role, &field_column::role) != columns.end();
}

std::vector<std::string> cut_names(std::string_view names, const field_syntax& syntax) {
  std::vector<std::string> cut;
  field_cutter fields(names, syntax);
  for (std::string_view name; fields.next(name);) cut.push_back(in_small_letters(name));
  return cut;
}

// True if a line can begin behind the text, or behind a byte order mark or a hole at its end.
bool begins_line(std::string_view before) {
  if (before.ends_with(byte_order_mark)) {
    before.remove_suffix(byte_order_mark.size());
  } else {
    while (before.ends_with('\0')) before.remove_suffix(1);
  }
  return before.empty() || before.back() == '\n';
}

// Connections and the like have no method.
line_kind kind_by_method(std::string_view method) {
  return method.empty() || method == "-" ? line_kind::other : line_kind::request;
}

line_kind never_a_request(std::string_view) {
  return line_kind::other;
}

}  // namespace

bool w3c_header::take(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (dialect_ == header_dialect::w3c) return take_w3c(line);
  constexpr std::string_view fields = "#fields\t";
  if (!line.starts_with(fields)) return false;
  take_zeek_fields(line.substr(fields.size()));
  return true;
}

bool w3c_header::take_w3c(std::string_view line) {
  if (const auto names = value_of(line, "#fields:")) {
    take_w3c_fields(*names);
    return true;
  }
  if (const auto date = value_of(line, "#date:")) return take_date(*date);
  if (const auto offset = value_of(line, "#gmt-offset:")) return take_offset(*offset);
  return false;
}

std::size_t w3c_header::find(std::string_view block, std::size_t from) {
  std::size_t at = block.find('#', from);
  while (at != std::string_view::npos && !begins_line(block.substr(0, at))) {
    at = block.find('#', at + 1);
  }
  return at;
}

bool w3c_header::take_all(std::string_view block) {
  bool changed = false;
  for (std::size_t at = find(block); at != std::string_view::npos; at = find(block, at)) {
    std::string_view rest = block.substr(at);
    const std::string_view line = take_line(rest);
    changed = take(line) || changed;
    at = block.size() - rest.size();
  }
  return changed;
}

void w3c_header::take_w3c_fields(std::string_view names) {
  const bool has_tabs = names.find('\t') != std::string_view::npos;
  layout_.syntax = {has_tabs ? separator::tab : separator::white, quoting::doubled, false};
  const std::vector<std::string> titles = cut_names(names, layout_.syntax);
  layout_.columns = columns_of(titles, w3c_names);
  layout_.count = titles.size();
  layout_.rule = column_rule::if_named;
  is_local_ = std::ranges::find(titles, "date-local") != titles.end() ||
              std::ranges::find(titles, "time-local") != titles.end();
  set_zone();
  if (has_role(layout_.columns, column_role::peer)) return;
  for (field_column& column : layout_.columns) {
    if (column.role == column_role::forwarded) column.role = column_role::peer;
  }
}

void w3c_header::take_zeek_fields(std::string_view names) {
  layout_.syntax = {separator::tab, quoting::none, false};
  const std::vector<std::string> titles = cut_names(names, layout_.syntax);
  layout_.columns = columns_of(titles, zeek_names);
  layout_.time = time_shape::epoch;
  const auto method = std::ranges::find(layout_.columns, column_role::method, &field_column::role);
  layout_.check = method == layout_.columns.end() ? never_a_request : kind_by_method;
  if (method == layout_.columns.end()) return;
  layout_.columns.insert(method, {method->number, column_role::checked});
}

// A time may follow.
bool w3c_header::take_date(std::string_view text) {
  time_parts parts;
  if (!take_iso_date(text, parts)) return false;
  const std::optional<timestamp> time = parts.time();
  if (!time) return false;
  layout_.date = time->date;
  return true;
}

bool w3c_header::take_offset(std::string_view text) {
  time_parts parts;
  if (!take_zone(text, parts)) return false;
  offset_ = parts.offset;
  set_zone();
  return true;
}

void w3c_header::set_zone() {
  layout_.offset = is_local_ && !offset_ ? std::nullopt : std::optional(offset_.value_or(0));
}

}  // namespace countips
