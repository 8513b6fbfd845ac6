#include "countips/line_blocks.h"

#include <algorithm>
#include <span>

namespace countips {

std::optional<text_block> line_blocks::next() {
  if (ended_) return std::nullopt;
  text_block block;
  block.bytes.resize(std::max(block_size_, carried_.size()));
  std::ranges::copy(carried_, block.bytes.begin());
  block.size = carried_.size();
  carried_.clear();
  if (skipping_) skip_line(block);
  while (!ended_) {
    if (block.size < block.bytes.size()) {
      ended_ = !read_more(block);
    } else if (cut_at_line_end(block)) {
      return block;
    } else if (block.size >= longest_line_) {
      skipping_ = true;
      return block;
    } else {
      block.bytes.resize(2 * block.bytes.size());
    }
  }
  if (block.size == 0) return std::nullopt;
  return block;
}

// False at the end of the stream or when it fails.
bool line_blocks::read_more(text_block& block) {
  const auto got = from_.read(std::span(block.bytes).subspan(block.size));
  if (!got) failed_ = got.error();
  if (!got || *got == 0) return false;
  block.size += *got;
  return true;
}

// Drops everything up to the next line end. REQUIRES an empty block.
void line_blocks::skip_line(text_block& block) {
  while (skipping_ && !ended_) {
    block.size = 0;
    ended_ = !read_more(block);
    const std::size_t end = block.text().find('\n');
    if (end == std::string_view::npos) continue;
    const auto bytes = block.bytes.begin();
    std::move(bytes + static_cast<std::ptrdiff_t>(end) + 1,
              bytes + static_cast<std::ptrdiff_t>(block.size), bytes);
    block.size -= end + 1;
    skipping_ = false;
  }
  if (skipping_) block.size = 0;
}

// Carries what stands behind the last line end over to the next block; false if there is none.
bool line_blocks::cut_at_line_end(text_block& block) {
  const std::size_t end = block.text().rfind('\n');
  if (end == std::string_view::npos) return false;
  const std::string_view rest = block.text().substr(end + 1);
  carried_.assign(rest.begin(), rest.end());
  block.size = end + 1;
  return true;
}

}  // namespace countips
