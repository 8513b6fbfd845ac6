#include "copytree/system/temporary_name.h"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <charconv>
#include <cstdint>
#include <system_error>

namespace copytree {

namespace {

constexpr std::string_view prefix = ".copytree-";
constexpr std::string_view suffix = "~";

// The whole text as a number written in the one way that fmt does.
template <class Number>
std::optional<Number> number(std::string_view text) {
  Number value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_canonical = !text.empty() && (text.front() != '0' || text.size() == 1);
  if (failed != std::errc{} || end != text.data() + text.size() || !is_canonical || value < 0) {
    return std::nullopt;
  }
  return value;
}

}  // namespace

std::string temporary_name() {
  static std::atomic<std::int64_t> used{0};
  return fmt::format("{}{}-{}{}", prefix, ::getpid(), used.fetch_add(1, std::memory_order_relaxed),
                     suffix);
}

std::optional<pid_t> maker_of(std::string_view name) {
  if (!name.starts_with(prefix) || !name.ends_with(suffix)) return std::nullopt;
  name.remove_prefix(prefix.size());
  name.remove_suffix(suffix.size());
  const std::size_t dash = name.find('-');
  if (dash == std::string_view::npos || !number<std::int64_t>(name.substr(dash + 1))) {
    return std::nullopt;
  }
  const auto process = number<pid_t>(name.substr(0, dash));
  return process && *process > 0 ? process : std::nullopt;
}

}  // namespace copytree
