#include "countips/input/behind_hole.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "countips/input/reading.h"

namespace countips {

namespace {

// All is counted from the first byte behind the hole.
class rest_of_file final : public source {
 public:
  rest_of_file(std::unique_ptr<source> from, std::uint64_t hole, std::uint64_t size)
      : from_(std::move(from)), hole_(hole), size_(size) {}

  [[nodiscard]] std::optional<std::uint64_t> size() const override { return size_; }

  [[nodiscard]] or_errno<std::size_t> read_at(std::uint64_t offset, std::span<char> into) override {
    return from_->read_at(hole_ + offset, into);
  }

  [[nodiscard]] or_errno<std::size_t> read(std::span<char> into) override {
    const or_errno<std::size_t> got = read_at(next_, into);
    next_ += got.value_or(0);
    return got;
  }

  [[nodiscard]] or_errno<file_info> look() override { return from_->look(); }

  [[nodiscard]] bool wait_readable(std::chrono::milliseconds longest) override {
    return from_->wait_readable(longest);
  }

 private:
  const std::unique_ptr<source> from_;
  const std::uint64_t hole_;
  const std::uint64_t size_;
  std::uint64_t next_ = 0;
};

// How many NULs there are before anything else.
or_errno<std::uint64_t> size_of_hole(source& from, std::uint64_t size) {
  constexpr std::size_t piece = std::size_t{256} << 10;
  char first = 0;
  const or_errno<std::size_t> read = read_fully_at(from, 0, std::span(&first, 1));
  if (!read) return par::unexpected<int>(read.error());
  if (*read == 0 || first != 0) return 0;
  std::vector<char> bytes(piece);
  std::uint64_t hole = 0;
  while (hole < size) {
    const or_errno<std::size_t> got = read_fully_at(from, hole, bytes);
    if (!got) return par::unexpected<int>(got.error());
    const auto end = bytes.begin() + static_cast<std::ptrdiff_t>(*got);
    const auto found = std::find_if(bytes.begin(), end, [](char c) { return c != 0; });
    hole += static_cast<std::uint64_t>(found - bytes.begin());
    if (found != end || *got == 0) break;
  }
  return hole;
}

}  // namespace

std::unique_ptr<source> behind_hole(std::unique_ptr<source> from) {
  const std::optional<std::uint64_t> size = from->size();
  if (!size) return from;
  const or_errno<std::uint64_t> hole = size_of_hole(*from, *size);
  if (!hole || *hole == 0 || *hole >= *size) return from;
  return std::make_unique<rest_of_file>(std::move(from), *hole, *size - *hole);
}

}  // namespace countips
