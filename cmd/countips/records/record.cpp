#include "countips/records/record.h"

#include <algorithm>
#include <cstddef>

namespace countips {

namespace {

bool may_be_method(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
  });
}

}  // namespace

void split_request(std::string_view line, record& into) {
  into.method = {};
  into.path = {};
  const std::size_t method_end = line.find(' ');
  if (method_end == std::string_view::npos || !may_be_method(line.substr(0, method_end))) return;
  std::string_view path = line.substr(method_end + 1);
  // HTTP/0.9 has no version behind the path.
  const std::size_t version = path.rfind(" HTTP/");
  if (version != std::string_view::npos) path = path.substr(0, version);
  into.method = line.substr(0, method_end);
  into.path = path;
}

}  // namespace countips
