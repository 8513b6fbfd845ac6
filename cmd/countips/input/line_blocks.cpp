#include "countips/input/line_blocks.h"

#include <algorithm>
#include <cstring>

namespace countips {

void text_block::grow(std::size_t new_capacity) {
  auto larger = std::make_unique_for_overwrite<char[]>(new_capacity);
  std::copy_n(bytes.get(), size, larger.get());
  bytes = std::move(larger);
  capacity = new_capacity;
}

std::optional<text_block> line_blocks::next() {
  if (ended_) return std::nullopt;
  text_block block;
  block.grow(std::max(block_size_, carried_.size()));
  std::ranges::copy(carried_, block.bytes.get());
  block.size = carried_.size();
  carried_.clear();
  if (skipping_) skip_line(block);
  while (!ended_) {
    if (block.size < block.capacity) {
      ended_ = !read_more(block);
    } else if (cut_at_line_end(block)) {
      return block;
    } else if (block.size >= longest_line_) {
      skipping_ = true;
      return block;
    } else {
      block.grow(2 * block.capacity);
    }
  }
  if (block.size == 0) return std::nullopt;
  return block;
}

// False at the end of the stream or when it fails.
bool line_blocks::read_more(text_block& block) {
  const auto got = from_.read(block.room());
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
    block.size -= end + 1;
    std::memmove(block.bytes.get(), block.bytes.get() + end + 1, block.size);
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
