#include "fib/indices/index_list.h"

#include <algorithm>

#include "fib/indices/parse_range.h"

namespace fib {

namespace {

bool ends_line(char c) {
  return c == '\n' || c == '\0';
}

bool ends_item(char c) {
  return ends_line(c) || c == ' ' || c == '\t' || c == ',' || c == '\r';
}

}  // namespace

void index_list::read(std::string_view piece, std::vector<index_range>& found,
                      std::vector<bad_item>& bad) {
  for (const char c : piece) {
    if (!ends_item(c)) {
      if (item_.size() <= longest_item) item_ += c;
      continue;
    }
    end(found, bad);
    if (ends_line(c)) ++line_;
  }
}

void index_list::end(std::vector<index_range>& found, std::vector<bad_item>& bad) {
  if (item_.empty()) return;
  if (const auto range = parsed()) {
    found.push_back(*range);
  } else {
    item_.resize(std::min(item_.size(), longest_item));
    bad.push_back({.line = line_, .text = item_, .reason = range.error()});
  }
  item_.clear();
}

par::expected<index_range, std::string> index_list::parsed() const {
  if (item_.size() > longest_item) return par::unexpected<std::string>("too long for an index");
  auto range = parse_range(item_);
  if (range && !range->is_within(farthest_)) {
    return par::unexpected<std::string>("must be " + allowed_indices(farthest_));
  }
  return range;
}

}  // namespace fib
