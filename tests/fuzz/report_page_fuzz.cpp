// Whatever rows are called, a page of them is UTF-8 without control characters and has no more tags
// than one of plain names.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "cli/utf8.h"
#include "countips/render/page/page.h"
#include "countips/render/page/time_span.h"
#include "fuzz/require.h"

namespace {

// The first byte says what the names, a line each, are names of, and whether they are the busiest
// clients too, and host names counted.
countips::report report_of(std::string_view data) {
  countips::report made;
  const auto kind = static_cast<unsigned char>(data.front());
  made.by = static_cast<countips::grouping>(kind % 7);
  made.has_hosts = made.has_top = kind >= 0x80;
  for (data.remove_prefix(1); !data.empty();) {
    const std::size_t end = std::min(data.find('\n'), data.size());
    const std::uint64_t requests = made.rows.size() * 7919 % 1000;
    const std::string name(data.substr(0, end));
    made.rows.push_back({name, requests, requests / 3});
    if (made.has_hosts) made.rows.back().hosts = requests / 5;
    if (made.has_top) made.rows.back().top = {{name, requests}};
    data.remove_prefix(std::min(end + 1, data.size()));
  }
  made.total = countips::report_row{"total", 1000 * made.rows.size(), 333};
  return made;
}

void check_text(std::string_view page) {
  while (!page.empty()) {
    const cli::character next = cli::first_character(page);
    require(next.valid && (next.point >= ' ' || next.point == '\n'));
    page.remove_prefix(next.bytes);
  }
}

// Of two hours of the same name each has its offset behind it: +01:00.
void check_name(countips::grouping by, std::string_view name) {
  constexpr std::size_t offset_size = 6;
  const auto number = countips::number_of_span(by, name);
  if (!number) return;
  const std::string plain = countips::name_of_span(by, *number);
  const bool has_offset = by == countips::grouping::hour && name.size() != plain.size();
  require(name.size() == plain.size() + (has_offset ? offset_size : 0));
  require(name.starts_with(plain));
}

constexpr std::string_view with_meaning = "<>&\"'";
constexpr std::string_view without = "()+^`";

void replace(std::string& name, std::string_view from, std::string_view to) {
  for (char& c : name) {
    const std::size_t at = from.find(c);
    if (at != std::string_view::npos) c = to[at];
  }
}

void replace_names(countips::report& what, std::string_view from, std::string_view to) {
  for (countips::report_row& row : what.rows) {
    replace(row.name, from, to);
    if (row.top) replace(row.top->front().client, from, to);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  countips::report what = report_of({reinterpret_cast<const char*>(data), size});
  for (const countips::report_row& row : what.rows) check_name(what.by, row.name);
  // Two names that differ must differ in the plain page too, which names folders they share.
  replace_names(what, without, "-----");
  const std::string page = countips::render_page(what, {});
  check_text(page);
  replace_names(what, with_meaning, without);
  const std::string plain = countips::render_page(what, {});
  require(std::ranges::count(page, '<') == std::ranges::count(plain, '<'));
  require(std::ranges::count(page, '"') == std::ranges::count(plain, '"'));
  return 0;
}
