// The parts that the charts of a page are drawn from.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "countips/counting/report.h"

namespace countips {

// One of the two numbers of a row: each has a panel of its own, with its own scale and colour.
struct series {
  std::string_view style;  // Class of what is drawn for it.
  std::string_view title;  // It begins with a capital.
  std::string_view singular;
  std::uint64_t report_row::* number;
};

constexpr series requests_series = {"requests", "Requests", "request", &report_row::requests};
constexpr series clients_series = {"clients", "Distinct clients", "client", &report_row::clients};
constexpr series addresses_series = {"clients", "Distinct addresses", "address",
                                     &report_row::clients};

// The clients of the report, which are only addresses where names are counted separately.
[[nodiscard]] const series& clients_in(const report& what);

constexpr double drawing_width = 960;

// The largest number of a series in the report; 0 if there is no row.
[[nodiscard]] std::uint64_t most_of(const series& which, const std::vector<report_row>& rows);

// A text, not yet markup, that begins, is centred or ends at x.
enum class anchor { start, middle, end };
[[nodiscard]] std::string text_at(double x, double y, anchor where, std::string_view style,
                                  std::string_view text);

[[nodiscard]] std::string line_between(double x1, double y1, double x2, double y2,
                                       std::string_view style);

[[nodiscard]] std::string rectangle(double x, double y, double width, double height,
                                    std::string_view style);

// What the panel is called, behind a patch of its colour.
[[nodiscard]] std::string panel_title(double x, double y, const series& which);

// "Requests and distinct clients per day"
[[nodiscard]] std::string title_of_chart(const series& clients, std::string_view of_what);

// The whole drawing, with what it shows in words for those who do not see it.
[[nodiscard]] std::string drawing(double height, std::string_view title,
                                  std::string_view description, std::string_view content);

}  // namespace countips
