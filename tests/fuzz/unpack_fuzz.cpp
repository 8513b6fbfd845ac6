// Whatever a file holds, it is unpacked to an end, and to the same however it comes. The first byte
// chooses the pieces, the others are the file. Only what stands before a damaged place may differ:
// ISA-L looks further back than there is data before it notices.
#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "countips/input/byte_stream.h"
#include "fuzz/require.h"

namespace {

using countips::failure;
using countips::or_errno;

class text_source final : public countips::source {
 public:
  text_source(std::string_view text, std::size_t most) : text_(text), most_(most) {}

  [[nodiscard]] std::optional<std::uint64_t> size() const override { return std::nullopt; }
  or_errno<std::size_t> read_at(std::uint64_t, std::span<char>) override { std::abort(); }
  or_errno<countips::file_info> look() override { std::abort(); }
  bool wait_readable(std::chrono::milliseconds) override { return true; }

  or_errno<std::size_t> read(std::span<char> into) override {
    const std::size_t size = std::min({into.size(), most_, text_.size()});
    std::memcpy(into.data(), text_.data(), size);
    text_.remove_prefix(size);
    return size;
  }

 private:
  std::string_view text_;
  const std::size_t most_;
};

struct content {
  std::string text;
  std::optional<failure> failed;
};

// At most a mebibyte of it: a few bytes may stand for gigabytes.
content unpack(std::string_view file, std::size_t most, std::size_t piece) {
  text_source from(file, most);
  const std::atomic<bool> stop{false};
  std::atomic<std::uint64_t> bytes{0};
  const auto stream = countips::open_stream(from, stop, bytes);
  if (!stream) return {"", stream.error()};
  content found;
  std::vector<char> buffer(piece);
  while (found.text.size() < std::size_t{1} << 20) {
    const auto got = (*stream)->read(buffer);
    if (!got) found.failed = got.error();
    if (!got || *got == 0) break;
    found.text.append(buffer.data(), *got);
  }
  return found;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view file(reinterpret_cast<const char*>(data + 1), size - 1);
  const content whole = unpack(file, file.size(), std::size_t{64} << 10);
  const content pieces = unpack(file, 1 + data[0] % 16, 1 + data[0]);
  const failure corrupt{failure::kind::corrupt};
  if (whole.failed == corrupt && pieces.failed == corrupt) return 0;
  const std::size_t both = std::min(whole.text.size(), pieces.text.size());
  require(whole.text.compare(0, both, pieces.text, 0, both) == 0);
  if (std::max(whole.text.size(), pieces.text.size()) >= std::size_t{1} << 20) return 0;
  require(whole.failed == pieces.failed);
  require(whole.failed || whole.text == pieces.text);
  return 0;
}
