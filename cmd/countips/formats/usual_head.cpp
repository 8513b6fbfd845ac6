#include "countips/formats/usual_head.h"

#include <algorithm>

#include "countips/clients/scan_address.h"
#include "countips/formats/field_scan.h"
#include "countips/times/digits.h"
#include "countips/times/time_text.h"

namespace countips {

namespace {

// How many fields there are in front of the client.
std::size_t fields_before_client(const layout& of) {
  return static_cast<std::size_t>(
      std::ranges::find_if(of.head, [](const layout_field& each) { return is_client(each); }) -
      of.head.begin());
}

// Whether so many fields make one word: "www.example.com:443 ".
bool make_word(const layout& of, std::size_t fields) {
  const auto last = of.head.begin() + static_cast<std::ptrdiff_t>(fields) - 1;
  return last->end == " " && std::all_of(of.head.begin(), last, [](const layout_field& each) {
           return !each.end.empty() && each.end.find(' ') == std::string::npos;
         });
}

bool has_time_of(const layout& of, time_piece::kinds kind) {
  return of.time.size() == 1 && of.time[0].kind == kind;
}

// Whether the time of each line ends where this one does, if the same text stands around it: not if
// what may follow could be more of a time.
bool ends_surely(const layout& of, std::string_view time) {
  if (of.behind.starts_with(']')) return true;
  if (!has_time_of(of, time_piece::kinds::iso)) return false;
  const bool has_zone = time.find_first_of("Zz+-", iso_date_length) != std::string_view::npos;
  return of.behind.starts_with('"') || (of.behind.starts_with(' ') && has_zone);
}

bool can_be_usual(const layout& of, const layout_plan& plan, const read_rules& rules) {
  const std::size_t at = fields_before_client(of);
  const bool has_usual_time =
      has_time_of(of, time_piece::kinds::clf) || has_time_of(of, time_piece::kinds::iso);
  if (!has_usual_time || !of.start.empty() || at == of.head.size()) return false;
  // A blank in front of the time, too, or the word could have a time in it.
  const bool has_word =
      at != 0 && make_word(of, at) && of.before_time().find(' ') != std::string::npos;
  if (at != 0 && !has_word) return false;
  const layout_field& who = of.head[at];
  return who.role == field_role::peer && who.end.starts_with(' ') && plan.is_in_head &&
         !plan.goes_backward && !plan.takes_forwarded && !rules.wanted.any() &&
         rules.clients.keeps_addresses();
}

// The length of the colon and the port that the text begins with, or 0.
std::size_t port_size(std::string_view text) {
  if (!text.starts_with(':')) return 0;
  std::size_t size = 1;
  while (size < text.size() && is_digit(text[size])) ++size;
  return size > 1 ? size : 0;
}

}  // namespace

usual_head::usual_head(const layout& of, const layout_plan& plan, const read_rules& rules)
    : layout_(of),
      can_be_used_(can_be_usual(of, plan, rules)),
      fields_of_word_(can_be_used_ ? fields_before_client(of) : 0),
      has_port_(can_be_used_ && of.head[fields_of_word_].has_port) {}

void usual_head::keep(std::string_view line, std::string_view who, std::string_view time,
                      std::size_t date_end) {
  forget();
  if (!can_be_used_ || who.empty()) return;
  auto begin = static_cast<std::size_t>(who.data() + who.size() - line.data());
  if (has_port_) begin += port_size(line.substr(begin));
  const auto time_at = static_cast<std::size_t>(time.data() - line.data());
  if (begin > time_at || date_end < begin) return;
  if (line[begin] != ' ' || !ends_surely(layout_, time)) return;
  lead_.learn(line.substr(begin, time_at + time.size() - begin), time);
  date_end_ = date_end - begin;
}

// Behind the word; npos if it is none.
std::size_t usual_head::find_client(std::string_view line) const {
  if (fields_of_word_ == 0) return 0;
  if (line.empty() || line[0] == '"' || line[0] == '\t') return std::string_view::npos;
  const std::size_t blank = line.find(' ');
  if (blank == 0 || blank == std::string_view::npos) return std::string_view::npos;
  std::string_view word = line.substr(0, blank);
  for (std::size_t i = 0; i + 1 < fields_of_word_; ++i) {
    const std::string& end = layout_.head[i].end;
    const std::size_t at = word.find(end);
    if (at == std::string_view::npos) return at;
    word.remove_prefix(at + end.size());
  }
  return blank + 1;
}

std::size_t usual_head::read(std::string_view line, client& who) {
  if (lead_.is_empty()) return 0;
  const std::size_t at = find_client(line);
  if (at == std::string_view::npos || line.size() < at + scan_address_reads) return 0;
  const char* const text = line.data() + at;
  ipv4_address v4;
  ipv6_address v6;
  std::size_t size = scan_ipv4_ahead(text, v4);
  const bool is_v4 = size != 0;
  if (has_port_) {  // The end of an IPv6 address could be one.
    const std::size_t port = is_v4 ? port_size(line.substr(at + size)) : 0;
    size = port == 0 ? 0 : size + port;
  } else if (!is_v4) {
    size = scan_ipv6_ahead(text, v6);
  }
  const std::size_t lead = size == 0 ? 0 : lead_.size_in(line.substr(at + size));
  if (lead == 0 || !line.substr(at + size + lead).starts_with(layout_.behind)) return 0;
  if (is_v4) {
    who = v4;
  } else {
    who = v6;
  }
  return at + size + date_end_;
}

}  // namespace countips
