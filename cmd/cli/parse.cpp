#include "cli/parse.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <optional>
#include <string_view>

#include "cli/quote.h"
#include "cli/suggest.h"

namespace cli {
namespace {

struct known_option {
  const option* row = nullptr;
  std::size_t applied = 0;  // How many of its values have been.
  bool is_letter = false;   // Of an option whose value only the long form can have.
};

using known_options = std::map<const CLI::Option*, known_option>;

const option* find(const std::vector<option>& table, std::string_view name) {
  const auto row =
      std::find_if(table.begin(), table.end(), [&](const option& one) { return one.name == name; });
  return name.empty() || row == table.end() ? nullptr : &*row;
}

const option* find(const std::vector<option>& table, char letter) {
  const auto row = std::find_if(table.begin(), table.end(),
                                [&](const option& one) { return one.letter == letter; });
  return row == table.end() ? nullptr : &*row;
}

bool needs_value(const option& row) {
  return !row.argument.empty() && !row.optional;
}

void declare(CLI::App& app, const option& row, const std::string& names, bool with_value,
             known_options& known) {
  CLI::Option* declared =
      with_value ? app.add_option(names, CLI::callback_t()) : app.add_flag(names);
  declared->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  declared->allow_extra_args(false);
  known[declared] = {.row = &row, .is_letter = row.optional && !with_value};
}

void declare(CLI::App& app, const option& row, known_options& known) {
  if (!row.optional) {
    return declare(app, row, fmt::format("{}", fmt::join(forms(row), ",")), needs_value(row),
                   known);
  }
  for (const std::string& form : forms(row)) {
    declare(app, row, form, form.starts_with("--"), known);
  }
}

// Whether the value of an option in this argument is the next one.
bool takes_next(const std::vector<option>& table, std::string_view argument) {
  if (argument.size() < 2 || argument.front() != '-') return false;
  if (argument[1] == '-') {
    const option* row = find(table, argument.substr(2));
    return row != nullptr && needs_value(*row);
  }
  for (std::size_t i = 1; i < argument.size(); ++i) {
    const option* row = find(table, argument[i]);
    if (row == nullptr) return false;
    if (needs_value(*row)) return i + 1 == argument.size();
  }
  return false;
}

// An argument with the name of an option as CLI11 understands it. CLI11 takes "--name=" for
// "--name" and so the next argument for its value, and lets a flag have one; a value that may be
// left out it does not know: it always gets one, empty or behind an equals sign.
void append_long(const std::vector<option>& table, const std::string& argument,
                 std::vector<std::string>& all) {
  const std::size_t equals = std::min(argument.find('='), argument.size());
  const option* row = find(table, std::string_view(argument).substr(2, equals - 2));
  const bool has_value = equals < argument.size();
  if (row != nullptr && row->argument.empty() && has_value) {
    throw usage_error(fmt::format("option '{}' takes no value", dashed(*row)));
  }
  if (row != nullptr && row->optional) {
    all.insert(all.end(), {dashed(*row), argument.substr(equals)});
  } else if (row != nullptr && has_value && equals + 1 == argument.size()) {
    all.insert(all.end(), {dashed(*row), std::string()});
  } else {
    all.push_back(argument);
  }
}

std::vector<std::string> normalised(const std::vector<option>& table,
                                    const std::vector<std::string>& arguments) {
  std::vector<std::string> all;
  bool is_value = false;
  bool options_ended = false;
  for (const std::string& argument : arguments) {
    options_ended |= argument == "--" && !is_value;
    if (!options_ended && !is_value && argument.starts_with("--")) {
      append_long(table, argument, all);
    } else {
      all.push_back(argument);
    }
    is_value = !options_ended && !is_value && takes_next(table, argument);
  }
  return all;
}

[[noreturn]] void throw_unknown(const std::vector<option>& table, std::string_view argument) {
  if (!argument.starts_with("--")) {
    const std::string letter(argument.substr(0, 2));
    throw usage_error(fmt::format("unknown option {}", cli::quoted(letter)));
  }
  std::vector<std::string> names;
  for (const option& row : table) {
    if (!row.name.empty()) names.push_back(row.name);
  }
  const std::string_view typed = argument.substr(0, argument.find('='));
  const std::optional<std::string> meant = nearest(typed.substr(2), names);
  throw usage_error(fmt::format("unknown option {}", cli::quoted(typed)) +
                    (meant ? fmt::format("; did you mean '--{}'?", *meant) : std::string()));
}

// "-5", unless an option has that digit for its letter.
bool is_negative_number(const std::vector<option>& table, std::string_view argument) {
  return argument.size() > 1 && argument[1] >= '0' && argument[1] <= '9' &&
         find(table, argument[1]) == nullptr;
}

// What CLI11 did not know is an operand, unless it looks like an option and stands before "--".
std::vector<std::string> operands_among(const std::vector<option>& table,
                                        std::vector<std::string> remaining, minus_digit meaning) {
  const auto end = std::find(remaining.begin(), remaining.end(), "--");
  for (auto argument = remaining.begin(); argument != end; ++argument) {
    const bool is_number = meaning == minus_digit::operand && is_negative_number(table, *argument);
    const bool is_option = argument->size() > 1 && argument->front() == '-' && !is_number;
    if (is_option) throw_unknown(table, *argument);
  }
  if (end != remaining.end()) remaining.erase(end);
  return remaining;
}

[[noreturn]] void throw_no_choice(const option& row, const std::string& value) {
  const std::optional<std::string> meant = nearest(value, row.choices);
  const std::string advice = meant ? fmt::format("did you mean '{}'?", *meant)
                                   : fmt::format("choose from {}", fmt::join(row.choices, ", "));
  throw usage_error(
      fmt::format("invalid value {} for '{}'; {}", cli::quoted(value), dashed(row), advice));
}

void apply_value(const option& row, const std::string& value) {
  const bool is_choice = row.choices.empty() || std::find(row.choices.begin(), row.choices.end(),
                                                          value) != row.choices.end();
  if (!is_choice) throw_no_choice(row, value);
  const applied result = row.apply(value);
  if (result) return;
  throw usage_error(fmt::format("invalid value {} for '{}': {}", cli::quoted(value), dashed(row),
                                result.error()));
}

// CLI11 gives up on a line only where a value is missing at its end.
std::string missing_value(const std::string& last) {
  const std::string name = last.starts_with("--") ? last : std::string{'-', last.back()};
  return fmt::format("option {} needs a value", cli::quoted(name));
}

}  // namespace

std::vector<std::string> parse(const std::vector<option>& table,
                               const std::vector<std::string>& arguments, minus_digit meaning) {
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  known_options known;
  for (const option& row : table) declare(app, row, known);
  std::vector<std::string> backwards = normalised(table, arguments);
  std::reverse(backwards.begin(), backwards.end());
  try {
    app.parse(std::move(backwards));
  } catch (const CLI::ArgumentMismatch&) {
    throw usage_error(missing_value(arguments.back()));
  } catch (const CLI::ParseError& error) {
    throw usage_error(error.what());
  }
  for (const CLI::Option* given : app.parse_order()) {
    known_option& one = known.at(given);
    const std::string& value = given->results().at(one.applied++);
    const bool has_value =
        !one.is_letter && !one.row->argument.empty() && !(one.row->optional && value.empty());
    if (has_value) {
      apply_value(*one.row, one.row->optional ? value.substr(1) : value);
    } else {
      static_cast<void>(one.row->apply({}));
    }
  }
  return operands_among(table, app.remaining(), meaning);
}

void check_operands(const operands& rule, const std::vector<std::string>& given) {
  if (given.size() > rule.most) {
    throw usage_error(fmt::format("unexpected operand {}", cli::quoted(given[rule.most])));
  }
  if (given.size() >= rule.least) return;
  if (given.empty()) throw usage_error(fmt::format("missing operand: {}", rule.usage));
  throw usage_error(
      fmt::format("missing operand after {}: {}", cli::quoted(given.back()), rule.usage));
}

}  // namespace cli
