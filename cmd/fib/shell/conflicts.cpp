#include "fib/shell/conflicts.h"

#include <fmt/format.h>

namespace fib {

namespace {

constexpr std::string_view operand_says = "N and I..J alone say which numbers";
constexpr std::string_view list_says = "the list alone says which numbers";
constexpr std::string_view nth_says = "--nth is a single number";
constexpr std::string_view one_end = "both say where to end";
constexpr std::string_view one_part = "choose what to see of a number";
constexpr std::string_view one_form = "choose what stands between numbers";

constexpr conflict all[] = {
    {"N", "nth", operand_says},      {"N", "from", operand_says},     {"N", "count", operand_says},
    {"N", "until", operand_says},    {"-", "nth", list_says},         {"-", "from", list_says},
    {"-", "count", list_says},       {"-", "until", list_says},       {"nth", "from", nth_says},
    {"nth", "count", nth_says},      {"nth", "until", nth_says},      {"count", "until", one_end},
    {"digits", "first", one_part},   {"digits", "last", one_part},    {"digits", "mod", one_part},
    {"first", "last", one_part},     {"first", "mod", one_part},      {"last", "mod", one_part},
    {"separator", "null", one_form}, {"separator", "json", one_form}, {"null", "json", one_form},
};

std::string shown(std::string_view name) {
  if (name == "N") return "N or I..J";
  return name == "-" ? "-" : fmt::format("--{}", name);
}

}  // namespace

std::span<const conflict> conflicts() {
  return all;
}

std::optional<std::string> conflict_among(const std::set<std::string, std::less<>>& given) {
  for (const conflict& each : all) {
    if (!given.contains(each.one) || !given.contains(each.other)) continue;
    return fmt::format("{} and {} contradict each other: {}", shown(each.one), shown(each.other),
                       each.why);
  }
  return std::nullopt;
}

}  // namespace fib
