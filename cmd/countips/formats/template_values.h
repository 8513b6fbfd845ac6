// The values of a template that a server writes lines of JSON by.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "countips/formats/format_tokens.h"

namespace countips {

// A character of the template's text, or what the server fills in.
struct template_atom {
  char character = '\0';
  const format_token* filled = nullptr;

  [[nodiscard]] bool is_one_of(std::string_view characters) const {
    return filled == nullptr && characters.find(character) != std::string_view::npos;
  }
};

struct template_value {
  std::string path;  // As in json_description.
  std::vector<template_atom> content;
  bool is_quoted = false;
};

struct template_values {
  std::vector<template_value> all;  // The first of each path.
  bool is_whole = true;             // Otherwise the template is no JSON behind the last of them.
};

// The tokens must outlive the result. Keys with escapes, slashes or variables in them lead to no
// value, since readers of documents do not find them; of an array the first element is the value.
[[nodiscard]] template_values values_of_template(const format_tokens& tokens);

}  // namespace countips
