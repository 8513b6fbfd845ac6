#include "countips/formats/template_values.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>
#include <variant>

namespace countips {

namespace {

using atoms = std::vector<template_atom>;

atoms atoms_of(const format_tokens& tokens) {
  atoms all;
  for (const format_token& token : tokens) {
    if (const auto* const text = std::get_if<std::string>(&token.what)) {
      for (const char c : *text) all.push_back({c, nullptr});
    } else {
      all.push_back({'\0', &token});
    }
  }
  return all;
}

// Reads the template as far as it is JSON.
class template_parser {
 public:
  explicit template_parser(const atoms& all) : all_(all) {}

  template_values parse() {
    found_.is_whole = object("", 0);
    return std::move(found_);
  }

 private:
  // nullopt: what is found there has no path, since its key is not known.
  using path = std::optional<std::string>;

  static constexpr int deepest = 32;

  [[nodiscard]] bool is_at_end() const { return at_ >= all_.size(); }

  void skip_blanks() {
    while (!is_at_end() && all_[at_].is_one_of(" \t\r\n")) ++at_;
  }

  bool is_next(char c) {
    skip_blanks();
    return !is_at_end() && all_[at_].is_one_of({&c, 1});
  }

  // Blanks before it, too.
  bool take(char c) {
    if (!is_next(c)) return false;
    ++at_;
    return true;
  }

  // What stands between quotes; nullopt if they are not closed.
  std::optional<std::span<const template_atom>> take_quoted() {
    if (!take('"')) return std::nullopt;
    const std::size_t begin = at_;
    while (!is_at_end() && !all_[at_].is_one_of("\"")) at_ += all_[at_].is_one_of("\\") ? 2 : 1;
    if (is_at_end()) return std::nullopt;
    return std::span(all_).subspan(begin, at_++ - begin);
  }

  std::span<const template_atom> take_bare() {
    const std::size_t begin = at_;
    while (!is_at_end() && !all_[at_].is_one_of(",:{}[]\" \t\r\n")) ++at_;
    return std::span(all_).subspan(begin, at_ - begin);
  }

  // Keys with escapes, slashes or variables in them are not found in documents.
  static path below(const path& of, std::span<const template_atom> key) {
    const auto is_odd = [](const template_atom& each) {
      return each.filled != nullptr || each.is_one_of("\\/");
    };
    if (!of || key.empty() || std::ranges::any_of(key, is_odd)) return std::nullopt;
    std::string text = of->empty() ? "" : *of + '/';
    for (const template_atom& each : key) text += each.character;
    return text;
  }

  bool object(const path& of, int depth) {
    if (!take('{') || depth == deepest) return false;
    while (!take('}')) {
      const auto key = take_quoted();
      if (!key || !take(':') || !value(below(of, *key), depth)) return false;
      if (!take(',') && !is_next('}')) return false;
    }
    return true;
  }

  bool array(const path& of, int depth) {
    if (!take('[') || depth == deepest) return false;
    // Arrays in arrays are no values.
    path first = is_next('[') ? path() : of;
    while (!take(']')) {
      if (!value(std::exchange(first, std::nullopt), depth)) return false;
      if (!take(',') && !is_next(']')) return false;
    }
    return true;
  }

  bool value(const path& of, int depth) {
    if (is_next('{')) return object(of, depth + 1);
    if (is_next('[')) return array(of, depth + 1);
    const bool is_quoted = is_next('"');
    const auto found = is_quoted ? take_quoted() : take_bare();
    if (!found || (!is_quoted && found->empty())) return false;
    if (of) add(*of, *found, is_quoted);
    return true;
  }

  void add(const std::string& to, std::span<const template_atom> content, bool is_quoted) {
    if (std::ranges::find(found_.all, to, &template_value::path) != found_.all.end()) return;
    found_.all.push_back({to, {content.begin(), content.end()}, is_quoted});
  }

  const atoms& all_;
  template_values found_;
  std::size_t at_ = 0;
};

}  // namespace

template_values values_of_template(const format_tokens& tokens) {
  const atoms all = atoms_of(tokens);
  return template_parser(all).parse();
}

}  // namespace countips
