#include "countips/formats/json_document.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "countips/formats/json_mending.h"

namespace countips {

namespace {

namespace ondemand = simdjson::ondemand;

// False if there is an error instead.
template <class Result, class T>
bool get(Result&& from, T& into) {
  return std::forward<Result>(from).get(into) == simdjson::SUCCESS;
}

// What stands for the byte in a copy that is to be ASCII: blanks remain blanks and anything else
// remains what no syntax consists of, so that strings become valid and the rest stays as it was.
char as_ascii(char c) {
  if (c == '\t' || c == '\r') return ' ';
  return static_cast<unsigned char>(c) >= ' ' && static_cast<unsigned char>(c) < 0x80 ? c : 'x';
}

// Where the string that never ends begins, or the size of the text. As in simdjson a backslash
// escapes a quote also outside strings.
std::size_t find_open_string(std::string_view text) {
  std::size_t begin = text.size();
  bool inside = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      inside = !inside;
      begin = i;
    }
  }
  return inside ? begin : text.size();
}

std::string_view trim_end(std::string_view text) {
  return text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
}

// The name that a raw key is, up to its closing quote, which is before `end`.
std::string_view name_of(ondemand::raw_json_string key, const char* end) {
  const char* const begin = key.raw();
  const void* const quote = std::memchr(begin, '"', static_cast<std::size_t>(end - begin));
  if (quote == nullptr) return {};
  return {begin, static_cast<std::size_t>(static_cast<const char*>(quote) - begin)};
}

// One walk through a document that the parser has indexed.
class walker {
 public:
  walker(std::string_view line, std::string_view copy, json_slot_set asked, json_found& into,
         std::vector<json_seen>& seen)
      : line_(line), copy_(copy), asked_(asked), into_(into), seen_(seen) {}

  // False where the walk ends before the object does.
  bool object(ondemand::object fields, const json_key& at) {
    for (auto field : fields) {
      ondemand::raw_json_string key;
      ondemand::value value;
      if (!get(field.key(), key) || !get(field.value(), value)) return false;
      const json_key* known = at.find(name_of(key, copy_.data() + copy_.size()));
      if (!(known == nullptr ? pass(value) : take(value, *known))) return false;
    }
    return true;
  }

 private:
  // The iterator steps over what is not looked into.
  bool pass(ondemand::value value) {
    const char* const begin = value.raw_json_token().data();
    if (*begin == '{' || *begin == '[') {
      seen_.push_back({static_cast<std::size_t>(begin - copy_.data()), 0, {}});
    }
    return true;
  }

  bool take(ondemand::value value, const json_key& known) {
    switch (value.raw_json_token().front()) {
      case '[':
        return first_of(value, known);
      case '{':
        return known.below.empty() ? pass(value) : below(value, known);
      case ',':
      case ':':
      case ']':
      case '}':
        return false;
      default:
        return !known.target || scalar(value, *known.target);
    }
  }

  bool below(ondemand::value value, const json_key& known) {
    ondemand::object fields;
    return get(value.get_object(), fields) && object(fields, known);
  }

  bool first_of(ondemand::value value, const json_key& known) {
    ondemand::array all;
    if (!get(value.get_array(), all)) return false;
    bool is_first = true;
    for (auto each : all) {
      ondemand::value element;
      if (!get(each, element)) return false;
      // Arrays in arrays are no values, and may go on to any depth.
      const bool is_taken =
          std::exchange(is_first, false) && element.raw_json_token().front() != '[';
      if (!(is_taken ? take(element, known) : pass(element))) return false;
    }
    return true;
  }

  bool scalar(ondemand::value value, json_target target) {
    const std::string_view token = trim_end(value.raw_json_token());
    const auto offset = static_cast<std::size_t>(token.data() - copy_.data());
    if (offset + token.size() > line_.size()) return false;
    into_.offer(target, line_.substr(offset, token.size()));
    seen_.push_back({offset, token.size(), target});
    return !into_.decided().has_all(asked_);
  }

  const std::string_view line_;
  const std::string_view copy_;
  const json_slot_set asked_;
  json_found& into_;
  std::vector<json_seen>& seen_;
};

}  // namespace

class json_document::parser {
 public:
  json_end walk(std::string_view line, const json_key& root, json_slot_set asked,
                json_found& into) {
    seen.clear();
    const std::size_t begin = line.find_first_not_of(" \t");
    if (begin == std::string_view::npos || line[begin] != '{') return json_end::no_object;
    is_mended = false;
    const json_end end = walk_copy(line, root, asked, into);
    const bool is_cut = size_ != line.size() || !trim_end(line).ends_with('}');
    if (end != json_end::torn || is_cut || !mend_values({bytes_.data(), size_})) return end;
    is_mended = true;
    into.clear();
    seen.clear();
    ondemand::document document;
    ondemand::object fields;
    return open(copy_view(), document, fields) ? walk_fields(line, fields, root, asked, into)
                                               : json_end::torn;
  }

  std::vector<json_seen> seen;
  bool is_mended = false;

 private:
  json_end walk_copy(std::string_view line, const json_key& root, json_slot_set asked,
                     json_found& into) {
    ondemand::document document;
    ondemand::object fields;
    if (!open(copy(line), document, fields) && !open(repaired(line), document, fields)) {
      return json_end::torn;
    }
    return walk_fields(line, fields, root, asked, into);
  }

  json_end walk_fields(std::string_view line, ondemand::object fields, const json_key& root,
                       json_slot_set asked, json_found& into) {
    if (walker(line, copy_view(), asked, into, seen).object(fields, root)) return json_end::whole;
    return into.decided().has_all(asked) ? json_end::decided : json_end::torn;
  }

  // How much is appended to close what is open: two scalars in a row are an error wherever a value,
  // a key or a comma is expected, and a number that is cut off seems to go on. The brace is what
  // simdjson wants an object to end with.
  static constexpr std::string_view stop = "! !}";

  std::string_view copy(std::string_view line) {
    const std::size_t wanted = line.size() + stop.size() + simdjson::SIMDJSON_PADDING;
    if (bytes_.size() < wanted) bytes_.resize(2 * wanted);
    std::memcpy(bytes_.data(), line.data(), line.size());
    size_ = line.size();
    return copy_view();
  }

  // A copy that has every byte in its place, but is ASCII, and stops short of what is cut off.
  std::string_view repaired(std::string_view line) {
    const std::string_view whole = copy(line);
    std::transform(line.begin(), line.end(), bytes_.begin(), as_ascii);
    size_ = find_open_string(whole);
    const std::string_view text = trim_end(whole.substr(0, size_));
    if (size_ == line.size() && text.ends_with('}')) return copy_view();
    std::memcpy(bytes_.data() + size_, stop.data(), stop.size());
    size_ += stop.size();
    return copy_view();
  }

  [[nodiscard]] std::string_view copy_view() const { return {bytes_.data(), size_}; }

  bool open(std::string_view text, ondemand::document& document, ondemand::object& fields) {
    bytes_[text.size()] =
        '\0';  // simdjson looks at the byte behind to tell what may be unbalanced.
    if (parser_.capacity() < text.size() && parser_.allocate(bytes_.size()) != simdjson::SUCCESS) {
      return false;
    }
    const simdjson::padded_string_view padded(text.data(), text.size(), bytes_.size());
    return get(parser_.iterate(padded), document) && get(document.get_object(), fields);
  }

  ondemand::parser parser_;
  std::vector<char> bytes_;
  std::size_t size_ = 0;
};

json_document::json_document() : parser_(std::make_unique<parser>()) {}
json_document::~json_document() = default;

json_end json_document::walk(std::string_view line, const json_key& root, json_slot_set asked,
                             json_found& into) {
  return parser_->walk(line, root, asked, into);
}

const std::vector<json_seen>& json_document::seen() const {
  return parser_->seen;
}

bool json_document::is_mended() const {
  return parser_->is_mended;
}

}  // namespace countips
