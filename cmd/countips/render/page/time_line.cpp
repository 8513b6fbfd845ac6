#include "countips/render/page/time_line.h"

#include <algorithm>

namespace countips {

namespace {

struct numbered_row {
  span_number number;
  const report_row* row;
};

std::vector<numbered_row> numbered_rows(const report& what) {
  std::vector<numbered_row> all;
  all.reserve(what.rows.size());
  for (const report_row& row : what.rows) {
    if (const auto number = number_of_span(what.by, row.name)) all.push_back({*number, &row});
  }
  return all;
}

void add_slot(time_line& to, span_number number, const report_row* row) {
  to.slots.push_back({.first = number, .last = number, .most_requests = row, .most_clients = row});
}

// Whether all spans from the first row to the last are shown.
bool is_dense(const std::vector<numbered_row>& rows) {
  constexpr span_number always = 60;
  const auto count = static_cast<span_number>(rows.size());
  return rows.back().number - rows.front().number < 4 * count + always;
}

const report_row* larger(const report_row* a, const report_row* b,
                         std::uint64_t report_row::* number) {
  if (a == nullptr || b == nullptr) return a == nullptr ? b : a;
  return b->*number > a->*number ? b : a;
}

void join(time_slot& to, const time_slot& next) {
  to.last = next.last;
  to.most_requests = larger(to.most_requests, next.most_requests, &report_row::requests);
  to.most_clients = larger(to.most_clients, next.most_clients, &report_row::clients);
}

std::vector<time_slot> joined(const std::vector<time_slot>& slots, std::size_t together) {
  std::vector<time_slot> fewer;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (i % together == 0) {
      fewer.push_back(slots[i]);
    } else {
      join(fewer.back(), slots[i]);
    }
  }
  return fewer;
}

}  // namespace

time_line time_line_of(const report& what, std::size_t most_slots) {
  time_line made{.by = what.by, .slots = {}};
  const std::vector<numbered_row> rows = numbered_rows(what);
  if (rows.empty()) return made;
  const bool dense = is_dense(rows);
  span_number next = rows.front().number;
  for (const auto& [number, row] : rows) {
    if (!dense && number > next) made.left_out += static_cast<std::uint64_t>(number - next);
    for (; dense && next < number; ++next) add_slot(made, next, nullptr);
    add_slot(made, number, row);
    next = number + 1;
  }
  made.spans_per_slot = (made.slots.size() + most_slots - 1) / most_slots;
  if (made.spans_per_slot > 1) made.slots = joined(made.slots, made.spans_per_slot);
  return made;
}

std::string name_of_slot(grouping by, const time_slot& slot) {
  const bool is_one_row = slot.most_requests != nullptr && slot.most_requests == slot.most_clients;
  if (slot.first == slot.last && is_one_row) return slot.most_requests->name;
  const std::string first = name_of_span(by, slot.first);
  return slot.first == slot.last ? first : first + " to " + name_of_span(by, slot.last);
}

}  // namespace countips
