// Finds values in the documents of a log, one after the other.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "countips/formats/json_document.h"
#include "countips/formats/json_found.h"
#include "countips/formats/json_keys.h"
#include "countips/formats/json_shape.h"

namespace countips {

// Walks through a document unless it has one of the last shapes. Not thread-safe.
class json_finder {
 public:
  // What is found is decided once all slots of `asked` are.
  json_finder(json_key root, json_slot_set asked);

  // What json_document::walk gives.
  [[nodiscard]] json_end find(std::string_view line, json_found& into);

 private:
  static constexpr std::size_t shapes = 4;

  [[nodiscard]] std::optional<json_end> match(std::string_view line, json_found& into);
  [[nodiscard]] bool matches(const json_shape& shape, std::string_view line,
                             json_found& into) const;
  void learn(std::string_view line, json_end end);

  const json_key root_;
  const json_slot_set asked_;
  json_document document_;
  std::array<json_shape, shapes> known_;  // The one that matched last comes first.
  std::size_t misses_ = 0;                // Lines since one of them matched.
};

}  // namespace countips
