#include "countips/render/page/label_plans.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <span>

namespace countips {

namespace {

using std::chrono::sys_days;
using std::chrono::weekday;

unsigned month_of(const span_begin& at) {
  return static_cast<unsigned>(at.date.month());
}

unsigned day_of(const span_begin& at) {
  return static_cast<unsigned>(at.date.day());
}

std::string year_text(const span_begin& at) {
  return fmt::format("{:04}", static_cast<int>(at.date.year()));
}

std::string month_text(const span_begin& at) {
  constexpr std::array<const char*, 12> names = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return names.at(month_of(at) - 1);
}

std::string day_text(const span_begin& at) {
  return std::to_string(day_of(at));
}

std::string month_and_year(const span_begin& at) {
  return month_text(at) + ' ' + year_text(at);
}

std::string whole_date(const span_begin& at) {
  return day_text(at) + ' ' + month_and_year(at);
}

std::string hour_text(const span_begin& at) {
  return fmt::format("{:02}:00", at.hour);
}

// The number of a week and its year are those of its Thursday (ISO 8601).
std::string week_name(const span_begin& at) {
  return name_of_span(grouping::week,
                      (sys_days(at.date) - sys_days(std::chrono::days(4))) / std::chrono::days(7));
}

std::string week_text(const span_begin& at) {
  return week_name(at).substr(5);
}

std::string week_year_text(const span_begin& at) {
  return week_name(at).substr(0, 4);
}

std::string nothing(const span_begin& /*at*/) {
  return {};
}

template <unsigned N>
bool every_hour(const span_begin& at) {
  return at.hour % N == 0;
}

bool begins_day(const span_begin& at) {
  return at.hour == 0;
}

bool begins_week(const span_begin& at) {
  return begins_day(at) && weekday(sys_days(at.date)) == std::chrono::Monday;
}

template <unsigned N>
bool every_month(const span_begin& at) {
  return begins_day(at) && day_of(at) == 1 && (month_of(at) - 1) % N == 0;
}

template <int N>
bool every_year(const span_begin& at) {
  return every_month<12>(at) && static_cast<int>(at.date.year()) % N == 0;
}

bool every_span(const span_begin& /*at*/) {
  return true;
}

// W01, W05, ..., W49.
bool every_fourth_week(const span_begin& at) {
  const int week = std::stoi(week_text(at).substr(1));
  return week % 4 == 1 && week < 53;
}

template <int N>
bool every_week_year(const span_begin& at) {
  return week_text(at) == "W01" && std::stoi(week_year_text(at)) % N == 0;
}

constexpr std::array plans_of_hours = {
    label_plan{every_hour<1>, hour_text, whole_date},
    label_plan{every_hour<2>, hour_text, whole_date},
    label_plan{every_hour<3>, hour_text, whole_date},
    label_plan{every_hour<6>, hour_text, whole_date},
    label_plan{every_hour<12>, hour_text, whole_date},
};
constexpr std::array plans_of_days = {
    label_plan{begins_day, day_text, month_and_year},
    label_plan{begins_week, day_text, month_and_year},
    label_plan{every_month<1>, month_text, year_text},
    label_plan{every_month<3>, month_text, year_text},
    label_plan{every_year<1>, year_text, nothing},
    label_plan{every_year<2>, year_text, nothing},
    label_plan{every_year<5>, year_text, nothing},
    label_plan{every_year<10>, year_text, nothing},
};
constexpr std::array plans_of_weeks = {
    label_plan{every_span, week_text, week_year_text},
    label_plan{every_fourth_week, week_text, week_year_text},
    label_plan{every_week_year<1>, week_year_text, nothing},
    label_plan{every_week_year<2>, week_year_text, nothing},
    label_plan{every_week_year<5>, week_year_text, nothing},
    label_plan{every_week_year<10>, week_year_text, nothing},
};

}  // namespace

std::vector<label_plan> plans_for(grouping by) {
  std::vector<label_plan> all;
  const auto add = [&all](std::span<const label_plan> some) {
    std::ranges::copy(some, std::back_inserter(all));
  };
  if (by == grouping::hour) add(plans_of_hours);
  if (by == grouping::hour || by == grouping::day) add(plans_of_days);
  if (by == grouping::month) add(std::span(plans_of_days).subspan(2));
  if (by == grouping::week) add(plans_of_weeks);
  return all;
}

}  // namespace countips
