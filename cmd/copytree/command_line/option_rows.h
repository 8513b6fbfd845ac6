// The rows of copytree's option table, by subject.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/option.h"
#include "copytree/command_line/settings.h"
#include "copytree/shell/option_words.h"

namespace copytree {

[[nodiscard]] std::vector<cli::option> place_options(settings& target);
[[nodiscard]] std::vector<cli::option> link_options(settings& target);
[[nodiscard]] std::vector<cli::option> existing_options(settings& target);
[[nodiscard]] std::vector<cli::option> attribute_options(settings& target);
[[nodiscard]] std::vector<cli::option> content_options(settings& target);
[[nodiscard]] std::vector<cli::option> safety_options(settings& target);
[[nodiscard]] std::vector<cli::option> selection_options(settings& target);
[[nodiscard]] std::vector<cli::option> report_options(settings& target);

// A flag that does something.
[[nodiscard]] inline cli::option action(std::string name, char letter, std::string help,
                                        std::function<void()> effect) {
  return {.name = std::move(name),
          .letter = letter,
          .argument = {},
          .help = std::move(help),
          .apply = [effect = std::move(effect)](std::string_view) -> cli::applied {
            effect();
            return {};
          }};
}

// An option that takes one of the words; with `if_left_out` it may do without.
template <class T, std::size_t N>
[[nodiscard]] cli::option word(const std::string& name, char letter, const std::string& argument,
                               const std::string& help, const option_word<T> (&words)[N],
                               std::optional<T> if_left_out, std::function<void(T)> effect) {
  cli::option row{.name = name,
                  .letter = letter,
                  .argument = argument,
                  .help = help,
                  .optional = if_left_out.has_value(),
                  .apply = {}};
  for (const option_word<T>& one : words) row.choices.emplace_back(one.text);
  row.apply = [&words, if_left_out,
               effect = std::move(effect)](std::string_view given) -> cli::applied {
    if (given.empty() && if_left_out) effect(*if_left_out);
    for (const option_word<T>& one : words) {
      if (one.text == given) effect(one.meaning);
    }
    return {};
  };
  return row;
}

}  // namespace copytree
