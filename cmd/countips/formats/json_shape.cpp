#include "countips/formats/json_shape.h"

#include <cstring>
#include <utility>

#include "countips/formats/find_either.h"

namespace countips {

namespace {

bool is_of_atom(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return (c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'z') || c == '.' || c == '-' ||
         c == '+';
}

// The size of the string that the text begins with, quotes and all; 0 if it never ends.
std::size_t string_size(std::string_view text) {
  const char* const end = text.data() + text.size();
  const char* at = text.data() + 1;
  for (;;) {
    at = find_either(at, end, '"', '\\');
    if (at == end) return 0;
    if (*at == '"') return static_cast<std::size_t>(at + 1 - text.data());
    at += end - at < 2 ? 1 : 2;
  }
}

// The size of the number or word that the text begins with; 0 if there is none, or if it might go
// on behind the end of the text, or does with what is of neither.
std::size_t atom_size(std::string_view text) {
  constexpr std::string_view ends = ",}] \t\r\n";
  std::size_t at = 0;
  while (at < text.size() && is_of_atom(text[at])) ++at;
  return at < text.size() && ends.find(text[at]) != std::string_view::npos ? at : 0;
}

std::size_t scalar_size(std::string_view text) {
  return text.starts_with('"') ? string_size(text) : atom_size(text);
}

// The size of the object or array that the text begins with, whatever its brackets are and hold; 0
// if it never ends.
std::size_t container_size(std::string_view text) {
  std::size_t depth = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    switch (text[at]) {
      case '{':
      case '[':
        ++depth;
        break;
      case '}':
      case ']':
        if (depth < 2) return depth == 0 ? 0 : at + 1;
        --depth;
        break;
      case '"': {
        const std::size_t size = depth == 0 ? 0 : string_size(text.substr(at));
        if (size == 0) return 0;
        at += size - 1;
        break;
      }
      case '\\':  // To simdjson it escapes a quote also outside strings.
        return 0;
      default:
        if (depth == 0) return 0;
    }
  }
  return 0;
}

bool is_key(std::string_view behind) {
  const std::size_t next = behind.find_first_not_of(" \t\r\n");
  return next != std::string_view::npos && behind[next] == ':';
}

}  // namespace

class json_shape::learner {
 public:
  learner(std::string_view line, const std::vector<json_seen>& seen) : line_(line), seen_(seen) {}

  std::optional<json_shape> learn(json_end end) {
    made_.is_whole_ = end == json_end::whole;
    do {
      if (!step()) return std::nullopt;
    } while (!is_done());
    if (next_ != seen_.size()) return std::nullopt;
    return std::move(made_);
  }

 private:
  // A document ends where all brackets are closed; what was decided, with the last value seen.
  [[nodiscard]] bool is_done() const {
    return made_.is_whole_ ? depth_ == 0 : next_ == seen_.size();
  }

  // Takes a string, a number, a word or any other byte.
  bool step() {
    if (at_ >= line_.size()) return false;
    const char c = line_[at_];
    if (c == '\\') return false;
    if (is_next_seen() && seen_[next_].size == 0) {
      return take_hole(container_size(line_.substr(at_)), part::hole::container);
    }
    if (c != '"' && !is_of_atom(c)) {
      if (c == '{' || c == '[') ++depth_;
      if (c == '}' || c == ']') --depth_;
      take_text(1);
      return true;
    }
    const std::size_t size = scalar_size(line_.substr(at_));
    if (c == '"' && size != 0 && is_key(line_.substr(at_ + size))) {
      take_text(size);
      return true;
    }
    if (!is_next_seen()) return take_hole(size, part::hole::skipped);
    return seen_[next_].size == size && take_hole(size, part::hole::offered);
  }

  void take_text(std::size_t size) {
    made_.texts_ += line_.substr(at_, size);
    text_size_ += size;
    at_ += size;
  }

  bool take_hole(std::size_t size, part::hole kind) {
    if (size == 0) return false;
    part made{static_cast<std::uint32_t>(text_size_), kind, {}};
    if (kind != part::hole::skipped) made.target = seen_[next_++].target;
    made_.parts_.push_back(made);
    text_size_ = 0;
    at_ += size;
    return true;
  }

  // What the walk has seen is seen here too, or the two would disagree where a value begins.
  [[nodiscard]] bool is_next_seen() const {
    return next_ < seen_.size() && seen_[next_].offset == at_;
  }

  const std::string_view line_;
  const std::vector<json_seen>& seen_;
  json_shape made_;
  std::size_t at_ = 0;
  std::size_t next_ = 0;  // Of the values seen.
  std::size_t text_size_ = 0;
  int depth_ = 0;
};

std::optional<json_shape> json_shape::of(std::string_view line, json_end end,
                                         const std::vector<json_seen>& seen) {
  const bool has_end = end == json_end::whole || (end == json_end::decided && !seen.empty());
  if (!has_end) return std::nullopt;
  return learner(line, seen).learn(end);
}

bool json_shape::match(std::string_view line, json_found& into) const {
  if (texts_.empty()) return false;
  const char* text = texts_.data();
  for (const part& each : parts_) {
    if (line.size() < each.size || std::memcmp(line.data(), text, each.size) != 0) return false;
    text += each.size;
    line.remove_prefix(each.size);
    const bool is_container = each.kind == part::hole::container;
    const std::size_t size = is_container ? container_size(line) : scalar_size(line);
    if (size == 0) return false;
    if (each.kind == part::hole::offered) into.offer(each.target, line.substr(0, size));
    line.remove_prefix(size);
  }
  const auto rest = static_cast<std::size_t>(texts_.data() + texts_.size() - text);
  return line.size() >= rest && std::memcmp(line.data(), text, rest) == 0;
}

}  // namespace countips
