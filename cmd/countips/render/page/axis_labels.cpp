#include "countips/render/page/axis_labels.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>

#include "countips/render/page/label_plans.h"
#include "countips/render/page/markup.h"

namespace countips {

namespace {

constexpr double gap = 6;  // Between two labels.

std::optional<span_begin> labelled_span(const time_line& line, const time_slot& slot,
                                        const label_plan& plan) {
  for (span_number number = slot.first; number <= slot.last; ++number) {
    const span_begin at = begin_of_span(line.by, number);
    if (plan.labelled(at)) return at;
  }
  return std::nullopt;
}

double middle_of(const axis_place& place, std::size_t slot) {
  return place.left + (static_cast<double>(slot) + 0.5) * place.pitch;
}

axis_label centred(double middle, std::string text) {
  const double width = small_text_width(text);
  return {.left = middle - width / 2, .width = width, .line = 0, .text = std::move(text)};
}

using labels = std::vector<axis_label>;

labels planned_labels(const time_line& line, const axis_place& place, const label_plan& plan) {
  labels upper;
  labels lower;
  for (std::size_t i = 0; i < line.slots.size(); ++i) {
    const auto at = labelled_span(line, line.slots[i], plan);
    if (!at) continue;
    upper.push_back(centred(middle_of(place, i), plan.upper(*at)));
    std::string text = plan.lower(*at);
    if (text.empty() || (!lower.empty() && lower.back().text == text)) continue;
    const double width = small_text_width(text);
    lower.push_back(
        {.left = upper.back().left, .width = width, .line = 1, .text = std::move(text)});
  }
  // What comes before the first change can be told from it.
  if (lower.size() > 1 && lower[0].left + lower[0].width + gap > lower[1].left) {
    lower.erase(lower.begin());
  }
  upper.insert(upper.end(), lower.begin(), lower.end());
  return upper;
}

bool fits(const labels& all, double right) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    const double end = all[i].left + all[i].width;
    if (all[i].left < 0 || end > right) return false;
    const bool last_of_line = i + 1 == all.size() || all[i + 1].line != all[i].line;
    if (!last_of_line && end + gap > all[i + 1].left) return false;
  }
  return true;
}

// Whole names, at every so many slots: where no round date is among them, or spans are left out.
labels named_slots(const time_line& line, const axis_place& place, double right) {
  const double width = small_text_width(name_of_span(line.by, line.slots.front().first));
  const auto stride = static_cast<std::size_t>(std::ceil((width + gap) / place.pitch));
  labels all;
  for (std::size_t i = 0; i < line.slots.size();) {
    axis_label made = centred(middle_of(place, i), name_of_span(line.by, line.slots[i].first));
    const bool fits = made.left >= 0 && made.left + made.width <= right;
    if (fits) all.push_back(std::move(made));
    i += fits ? stride : 1;
  }
  return all;
}

}  // namespace

std::vector<axis_label> axis_labels(const time_line& line, const axis_place& place) {
  if (line.slots.empty()) return {};
  const double right = middle_of(place, line.slots.size()) - place.pitch / 2 + place.right_margin;
  if (line.left_out > 0) return named_slots(line, place, right);
  const std::size_t least = std::min<std::size_t>(line.slots.size(), 2);
  for (const label_plan& plan : plans_for(line.by)) {
    labels made = planned_labels(line, place, plan);
    const auto upper = std::ranges::count(made, 0, &axis_label::line);
    if (fits(made, right) && static_cast<std::size_t>(upper) >= least) return made;
  }
  return named_slots(line, place, right);
}

}  // namespace countips
