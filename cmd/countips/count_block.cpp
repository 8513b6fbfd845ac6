#include "countips/count_block.h"

#include <cstddef>
#include <cstring>
#include <utility>

#include "countips/formats/clf.h"

namespace countips {

namespace {

// Takes the first line off the text, without its line end.
std::string_view take_line(std::string_view& text) {
  const void* end = std::memchr(text.data(), '\n', text.size());
  if (end == nullptr) return std::exchange(text, {});
  const auto size = static_cast<std::size_t>(static_cast<const char*>(end) - text.data());
  const std::string_view line = text.substr(0, size);
  text.remove_prefix(size + 1);
  return line;
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r\v\f") == std::string_view::npos;
}

// Where the requests of one block go. Looks a group up only when it changes.
class group_finder {
 public:
  group_finder(tally& into, grouping by, group_key file) : into_(into), by_(by), file_(file) {}

  group& group_of(const hit& request) {
    const group_key key = by_ == grouping::day ? request.date.number() : file_;
    if (found_ == nullptr || key != key_) {
      key_ = key;
      found_ = &into_[key];
    }
    return *found_;
  }

 private:
  tally& into_;
  const grouping by_;
  const group_key file_;
  group_key key_ = 0;
  group* found_ = nullptr;
};

}  // namespace

line_counts count_block(std::string_view block, const count_options& options, group_key file,
                        tally& into) {
  line_counts counts;
  clf_reader reader;
  group_finder groups(into, options.by, file);
  while (!block.empty()) {
    const std::string_view line = take_line(block).substr(0, options.longest_line);
    ++counts.lines;
    const hit* request = reader.read(line);
    if (request != nullptr) {
      ++counts.hits;
      group& its = groups.group_of(*request);
      ++its.requests;
      if (!request->repeated) its.clients.insert(request->who);
    } else if (is_blank(line)) {
      ++counts.blank;
    } else {
      ++counts.malformed;
      if (counts.first_malformed == 0) counts.first_malformed = counts.lines;
    }
  }
  return counts;
}

}  // namespace countips
