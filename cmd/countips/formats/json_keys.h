// The keys that lead to the wanted values of a JSON document, as a tree.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "countips/formats/json_description.h"
#include "countips/formats/json_found.h"
#include "countips/records/record.h"

namespace countips {

struct json_key {
  std::string name;
  std::optional<json_target> target;  // Of the value with this key, if that is no object.
  std::vector<json_key> below;        // The keys of that object.

  // The key of that name one level below, or null.
  [[nodiscard]] const json_key* find(std::string_view key) const {
    for (const json_key& each : below) {
      if (each.name == key) return &each;
    }
    return nullptr;
  }
};

// Adds the value at the path, which may have one target: that which was given to it first.
void add_json_path(json_key& root, std::string_view path, json_target target);

// The root of the tree: the document itself. It has what tells of a request, and what is wanted
// besides. If `forwarded`, the client is who proxies say, where the format has that, and who else
// it may be the peer.
[[nodiscard]] json_key json_key_tree(const json_description& of, bool forwarded,
                                     const wanted_fields& wanted);

}  // namespace countips
