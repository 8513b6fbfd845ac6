// A row of fib's option table that notes that it was given.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "cli/option.h"
#include "fib/shell/choices.h"

namespace fib {

inline cli::applied wrong(std::string what) {
  return par::unexpected<std::string>(std::move(what));
}

// `take` puts the value where it belongs, or says what is wrong with it.
inline cli::option noted(choices& chosen, cli::option row,
                         std::function<cli::applied(std::string_view)> take) {
  row.apply = [&chosen, name = row.name, take = std::move(take)](std::string_view value) {
    chosen.given.insert(name);
    return take(value);
  };
  return row;
}

// For a value that `parse` reads, into the target.
template <class Parse, class Target>
cli::option parsed(choices& chosen, cli::option row, Parse parse, Target& target) {
  return noted(chosen, std::move(row), [parse, &target](std::string_view text) -> cli::applied {
    auto value = parse(text);
    if (!value) return wrong(value.error());
    target = *std::move(value);
    return {};
  });
}

}  // namespace fib
