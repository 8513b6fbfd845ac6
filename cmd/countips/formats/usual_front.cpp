#include "countips/formats/usual_front.h"

#include <algorithm>
#include <cstddef>

#include "countips/clients/scan_address.h"

namespace countips {

namespace {

// The field that names the client of each line, if that is all that is looked for; else null.
const layout_field* sole_client(const layout& of, const layout_plan& plan,
                                const read_rules& rules) {
  if (!of.head.empty() || plan.tail == 0 || plan.takes_forwarded || rules.wanted.any() ||
      !rules.clients.keeps_addresses()) {
    return nullptr;
  }
  const auto begin = of.tail.begin();
  const auto last = begin + static_cast<std::ptrdiff_t>(plan.tail) - 1;
  const auto is_peer = [](const layout_field& each) { return each.role == field_role::peer; };
  const bool is_sole = is_peer(*last) && std::none_of(begin, last, is_peer);
  return is_sole && !last->has_port && !last->end.empty() ? &*last : nullptr;
}

bool goes_on_as_list(std::string_view text) {
  return !text.empty() && (text[0] == ',' || text[0] == ' ' || text[0] == '\t');
}

}  // namespace

usual_front::usual_front(const layout& of, const layout_plan& plan, const read_rules& rules)
    : who_(sole_client(of, plan, rules)) {}

void usual_front::keep(std::string_view line, std::string_view time, std::string_view who) {
  front_.forget();
  if (who_ == nullptr || who.empty()) return;
  front_.learn(line.substr(0, static_cast<std::size_t>(who.data() - line.data())), time);
}

bool usual_front::read(std::string_view line, client& who) {
  const std::size_t at = front_.size_in(line);
  if (at == 0 || line.size() < at + scan_address_reads) return false;
  const char* const text = line.data() + at;
  ipv4_address v4;
  ipv6_address v6;
  std::size_t size = scan_ipv4_ahead(text, v4);
  const bool is_v4 = size != 0;
  if (!is_v4) size = scan_ipv6_ahead(text, v6);
  if (size == 0) return false;
  const std::string_view behind = line.substr(at + size);
  if (!behind.starts_with(who_->end) || goes_on_as_list(behind.substr(who_->end.size()))) {
    return false;
  }
  if (is_v4) {
    who = v4;
  } else {
    who = v6;
  }
  return true;
}

}  // namespace countips
