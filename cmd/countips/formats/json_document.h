// Walks through a JSON document that may be damaged.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "countips/formats/json_found.h"
#include "countips/formats/json_keys.h"

namespace countips {

// How a walk through a document has ended.
enum class json_end : unsigned char {
  no_object,  // At once: this is no object.
  torn,       // Where it is not JSON any more, or its end is missing.
  decided,    // Where nothing behind could change what is asked for.
  whole,      // At the end of the document; what follows it is not looked at.
};

// A value that was offered, or an object or array that was stepped over, and where it stands.
struct json_seen {
  std::size_t offset = 0;
  std::size_t size = 0;  // 0 of what was stepped over.
  json_target target;
};

// Bytes that are not UTF-8 and raw control characters are taken for any others within strings. Keys
// with escapes in them are unknown. What is no JSON, but ends with a brace, is
// mended as mend_values does. Not thread-safe.
class json_document {
 public:
  json_document();
  ~json_document();

  // Offers the values that the tree names to `into`, in their order, until all slots of `asked` are
  // decided. The last value that could be cut off is not offered. What is found points into the
  // line.
  [[nodiscard]] json_end walk(std::string_view line, const json_key& root, json_slot_set asked,
                              json_found& into);

  // Whether the last walk went through what mend_values has made of the line.
  [[nodiscard]] bool is_mended() const;

  // What the last walk has offered and stepped over, in its order.
  [[nodiscard]] const std::vector<json_seen>& seen() const;

 private:
  class parser;
  std::unique_ptr<parser> parser_;
};

}  // namespace countips
