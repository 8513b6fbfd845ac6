#include "countips/input/byte_stream.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include "countips/input/compression.h"
#include "countips/input/reading.h"
#include "countips/input/unpacked_stream.h"

namespace countips {

namespace {

// The bytes of a source as they are. The first few can be looked at beforehand.
class source_stream final : public byte_stream {
 public:
  source_stream(source& from, const std::atomic<bool>& stop, std::atomic<std::uint64_t>& bytes_read)
      : from_(from), stop_(stop), bytes_read_(bytes_read) {}

  // As many as tell how the bytes are packed, less if there are no more.
  // Fails if there is not even one because of an error; one behind them comes out in its place.
  par::expected<std::span<const char>, failure> peek() {
    while (peeked_ < first_.size() && !failed_) {
      const auto got = read_source(std::span(first_).subspan(peeked_));
      if (got && *got == 0) break;
      if (got) {
        peeked_ += *got;
      } else {
        failed_ = got.error();
      }
    }
    if (failed_ && peeked_ == 0) return par::unexpected<failure>(*failed_);
    return std::span<const char>(first_).first(peeked_);
  }

  par::expected<std::size_t, failure> read(std::span<char> into) override {
    if (given_ == peeked_ && failed_) return par::unexpected<failure>(*failed_);
    if (given_ == peeked_) return read_source(into);
    const std::size_t size = std::min(into.size(), peeked_ - given_);
    std::memcpy(into.data(), first_.data() + given_, size);
    given_ += size;
    return size;
  }

 private:
  par::expected<std::size_t, failure> read_source(std::span<char> into) {
    const or_errno<std::size_t> got = read_some(from_, into, stop_);
    if (!got) return par::unexpected<failure>({failure::kind::read, got.error()});
    bytes_read_.fetch_add(*got, std::memory_order_relaxed);  // Only shown to people.
    return *got;
  }

  source& from_;
  const std::atomic<bool>& stop_;
  std::atomic<std::uint64_t>& bytes_read_;
  std::array<char, most_magic> first_{};
  std::size_t peeked_ = 0;  // How many of them have been read,
  std::size_t given_ = 0;   // and how many given out.
  std::optional<failure> failed_;
};

}  // namespace

par::expected<std::unique_ptr<byte_stream>, failure> open_stream(
    source& from, const std::atomic<bool>& stop, std::atomic<std::uint64_t>& bytes_read) {
  auto plain = std::make_unique<source_stream>(from, stop, bytes_read);
  const auto first = plain->peek();
  if (!first) return par::unexpected<failure>(first.error());
  auto method = make_unpacker_for(*first);
  if (method == nullptr) return plain;
  return std::make_unique<unpacked_stream>(std::move(plain), std::move(method));
}

}  // namespace countips
