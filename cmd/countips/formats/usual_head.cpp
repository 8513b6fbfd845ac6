#include "countips/formats/usual_head.h"

#include <algorithm>

#include "countips/clients/byte_masks.h"
#include "countips/clients/scan_address.h"
#include "countips/formats/clf_time.h"
#include "countips/formats/field_scan.h"

namespace countips {

namespace {

// Of what stands between client and clock, so that it is compared at once.
constexpr std::size_t block = 16, shortest_lead = block, longest_lead = 2 * block;

// The clock without the bracket.
constexpr std::size_t clock_size = clf_clock_size - 1;

// How many fields there are in front of the client that make one word: "www.example.com:443 ". 0:
// it does not begin so.
std::size_t fields_of_word(const layout& of) {
  std::size_t fields = 0;
  for (const layout_field& each : of.head) {
    if (is_client(each)) break;
    ++fields;
    if (each.end == " ") break;
    if (each.end.empty() || each.end.find(' ') != std::string::npos) return 0;
  }
  const bool has_word = fields > 0 && of.head[fields - 1].end == " ";
  return has_word && fields < of.head.size() ? fields : 0;
}

bool can_be_usual(const layout& of, const layout_plan& plan, const read_rules& rules) {
  const bool is_clf_time = of.time.size() == 1 && of.time[0].kind == time_piece::kinds::clf;
  const std::size_t at = fields_of_word(of);
  if (!is_clf_time || !of.start.empty() || !of.behind.starts_with(']') || at == 0) return false;
  const layout_field& who = of.head[at];
  return who.role == field_role::peer && !who.has_port && who.end.starts_with(' ') &&
         plan.is_in_head && !plan.goes_backward && !plan.takes_forwarded && !rules.wanted.any() &&
         rules.clients.keeps_addresses();
}

bool is_same(const char* text, std::string_view lead) {
  const std::size_t rest = lead.size() - block;
  return (byte_block(text).equal_to(byte_block(lead.data())) &
          byte_block(text + rest).equal_to(byte_block(lead.data() + rest))) == 0xffff;
}

}  // namespace

usual_head::usual_head(const layout& of, const layout_plan& plan, const read_rules& rules)
    : layout_(of), fields_of_word_(can_be_usual(of, plan, rules) ? fields_of_word(of) : 0) {}

bool usual_head::is_word(std::string_view text) const {
  for (std::size_t i = 0; i + 1 < fields_of_word_; ++i) {
    const std::string& end = layout_.head[i].end;
    const std::size_t at = text.find(end);
    if (at == std::string_view::npos) return false;
    text.remove_prefix(at + end.size());
  }
  return true;
}

void usual_head::keep(std::string_view line, std::string_view who, std::size_t date_end) {
  lead_ = {};
  if (fields_of_word_ == 0 || who.empty() || date_end >= line.size() || line[date_end] != ':')
    return;
  const auto begin = static_cast<std::size_t>(who.data() + who.size() - line.data());
  if (begin > date_end) return;
  const std::string_view lead = line.substr(begin, date_end + 1 - begin);
  if (lead.size() < shortest_lead || lead.size() > longest_lead) return;
  const std::string_view words = lead.substr(0, lead.find('['));
  const bool is_nobody = std::ranges::all_of(words, [](char c) { return c == ' ' || c == '-'; });
  if (is_nobody && words.starts_with(" -")) lead_ = lead;
}

std::size_t usual_head::read(std::string_view line, client& who) const {
  if (lead_.empty() || line.empty() || line[0] == '"' || line[0] == '\t') return 0;
  const std::size_t at = line.find(' ') + 1;
  if (at < 2 || line.size() < at + scan_address_reads) return 0;
  const char* const text = line.data() + at;
  ipv4_address v4;
  ipv6_address v6;
  std::size_t size = scan_ipv4_ahead(text, v4);
  const bool is_v4 = size != 0;
  if (!is_v4) size = scan_ipv6_ahead(text, v6);
  const std::size_t clock = at + size + lead_.size();
  if (size == 0 || !is_word(line.substr(0, at - 1)) || line.size() < clock + block ||
      !is_same(text + size, lead_) || !is_clf_clock_ahead(line.data() + clock) ||
      !line.substr(clock + clock_size).starts_with(layout_.behind)) {
    return 0;
  }
  if (is_v4) {
    who = v4;
  } else {
    who = v6;
  }
  return clock - 1;
}

}  // namespace countips
