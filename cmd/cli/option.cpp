#include "cli/option.h"

#include <fmt/format.h>

#include "cli/units.h"

namespace cli {
namespace {

applied wrong(std::string what) {
  return par::unexpected<std::string>(std::move(what));
}

// The largest unit that holds the size without a rest: "64K".
std::string shortest_size(std::uint64_t bytes) {
  constexpr std::string_view letters = "KMGTPE";
  std::size_t power = 0;
  for (; bytes != 0 && bytes % 1024 == 0 && power < letters.size(); ++power) bytes /= 1024;
  return fmt::format("{}{}", bytes, power == 0 ? std::string_view() : letters.substr(power - 1, 1));
}

}  // namespace

std::string dashed(const option& one) {
  return one.name.empty() ? std::string{'-', one.letter} : "--" + one.name;
}

std::vector<std::string> forms(const option& one) {
  std::vector<std::string> all;
  if (one.letter != '\0') all.push_back(std::string{'-', one.letter});
  if (!one.name.empty()) all.push_back(dashed(one));
  return all;
}

std::string value_label(const option& one) {
  if (one.argument.empty()) return {};
  return one.optional ? fmt::format("[={}]", one.argument) : "=" + one.argument;
}

option flag(std::string name, char letter, std::string help, bool& target) {
  return {.name = std::move(name),
          .letter = letter,
          .argument = {},
          .help = std::move(help),
          .apply = [&target](std::string_view) -> applied {
            target = true;
            return {};
          }};
}

option text(std::string name, char letter, std::string argument, std::string help,
            std::string& target) {
  return {.name = std::move(name),
          .letter = letter,
          .argument = std::move(argument),
          .help = std::move(help),
          .preset = target,
          .apply = [&target](std::string_view value) -> applied {
            target = value;
            return {};
          }};
}

option number(std::string name, char letter, std::string argument, std::string help,
              std::size_t& target, std::size_t least, std::size_t most) {
  return {.name = std::move(name),
          .letter = letter,
          .argument = std::move(argument),
          .help = std::move(help),
          .preset = fmt::format("{}", target),
          .apply = [&target, least, most](std::string_view value) -> applied {
            const auto given = parse_number(value);
            if (!given) return wrong(given.error());
            if (*given < least) return wrong(fmt::format("must be at least {}", least));
            if (*given > most) return wrong(fmt::format("must be at most {}", most));
            target = *given;
            return {};
          }};
}

option size(std::string name, char letter, std::string help, std::uint64_t& target) {
  return {.name = std::move(name),
          .letter = letter,
          .argument = "SIZE",
          .help = std::move(help),
          .preset = shortest_size(target),
          .apply = [&target](std::string_view value) -> applied {
            const auto given = parse_size(value);
            if (!given) return wrong(given.error());
            target = *given;
            return {};
          }};
}

}  // namespace cli
