#include "countips/formats/clf_layout_reader.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <utility>

#include "countips/formats/field_scan.h"
#include "countips/formats/layout_plan.h"

namespace countips {

namespace {

// How many words stand between the client and the time.
std::size_t words_behind_client(const layout& of) {
  std::string text = of.head[0].end;
  for (std::size_t i = 1; i < of.head.size(); ++i) text += 'x' + of.head[i].end;
  text.pop_back();  // The bracket.
  std::size_t words = 0;
  for (std::size_t i = 1; i < text.size(); ++i)
    words += text[i] != ' ' && text[i - 1] == ' ' ? 1 : 0;
  return words;
}

bool has_more_than_client(const std::vector<layout_field>& head) {
  return std::ranges::any_of(head, [](const layout_field& field) {
    return field.role != field_role::skip && field.role != field_role::passed_by &&
           !is_client(field);
  });
}

// Whether the status stands where read_alike() looks for it, and nothing else is wanted.
bool has_status_only(const layout& of, const wanted_fields& wanted) {
  if (!wanted.status || wanted.any_but_status()) return false;
  if (of.behind != "] \"" || of.tail.size() < 2) return false;
  const layout_field& request = of.tail[0];
  const layout_field& status = of.tail[1];
  return request.role == field_role::request && request.end == "\" " &&
         status.role == field_role::status && status.end == " ";
}

bool has_peer(const std::vector<layout_field>& fields) {
  return std::ranges::any_of(
      fields, [](const layout_field& field) { return field.role == field_role::peer; });
}

}  // namespace

bool is_clf_headed(const layout& of) {
  const bool is_clf_time = of.time.size() == 1 && of.time[0].kind == time_piece::kinds::clf;
  if (!is_clf_time || !of.start.empty() || of.head.empty() || !of.behind.starts_with(']')) {
    return false;
  }
  const layout_field& first = of.head[0];
  return is_client(first) && !first.has_port && first.end.starts_with(' ') &&
         of.head.back().end.ends_with(" [") && !has_more_than_client(of.head) &&
         words_behind_client(of) >= 2;
}

bool takes_first_field(const layout& of, const read_rules& rules) {
  const layout_plan plan = plan_for(of, rules);
  const field_role told = plan.takes_forwarded ? field_role::forwarded : field_role::peer;
  if (of.head.empty() || of.head[0].role != told) return false;
  // A peer that stands in for what the proxy does not say has to be read too.
  return !plan.takes_forwarded || (!has_peer(of.head) && !has_peer(of.tail));
}

clf_layout_reader::clf_layout_reader(const read_rules& rules, std::shared_ptr<const layout> of)
    : rules_(rules),
      bare_rules_(bare(rules)),
      head_(bare_rules_),
      layout_(std::move(of)),
      wanted_tail_(plan_for(*layout_, rules).tail),
      reads_alike_(has_status_only(*layout_, rules.wanted)),
      values_(rules.wanted) {}

read_rules clf_layout_reader::bare(read_rules rules) {
  rules.wanted = {};
  return rules;
}

line_kind clf_layout_reader::read(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (head_.read(line) == line_kind::rejected) return line_kind::rejected;
  values_.clear();
  values_.what.who = head_.last().who;
  values_.what.time = head_.last().time;
  if (rules_.wanted.clock) head_.read_clock(line, values_.what.time);
  read_tail(line.substr(head_.time_end() - 1));
  return line_kind::request;
}

bool clf_layout_reader::read_alike(line_splitter& from, address_run& into) {
  return reads_alike_ && head_.read_alike(from, true, into);
}

// From the closing bracket on.
void clf_layout_reader::read_tail(std::string_view tail) {
  if (tail.starts_with(layout_->behind)) {
    tail.remove_prefix(layout_->behind.size());
  } else {
    tail = {};
  }
  values_.read(tail, std::span(layout_->tail).first(wanted_tail_), layout_->has_escapes);
}

}  // namespace countips
