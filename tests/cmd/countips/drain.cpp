#include "cmd/countips/drain.h"

#include <atomic>
#include <random>
#include <utility>
#include <vector>

#include "countips/input/byte_stream.h"

namespace countips {

stream_result drain(fake_file file, std::size_t piece, std::uint64_t* counted) {
  fake_files files;
  files.files["in"] = std::move(file);
  const auto from = files.open("in");
  const std::atomic<bool> stop{false};
  std::atomic<std::uint64_t> bytes{0};
  auto stream = open_stream(**from, stop, bytes);
  if (!stream) return {"", stream.error()};
  stream_result result;
  std::vector<char> buffer(piece);
  for (;;) {
    const auto got = (*stream)->read(buffer);
    if (!got) result.failed = got.error();
    if (!got || *got == 0) break;
    result.text.append(buffer.data(), *got);
  }
  if (counted != nullptr) *counted = bytes;
  return result;
}

stream_result failed(std::string text, failure::kind why) {
  return {std::move(text), failure{why}};
}

std::string some_text(std::size_t size, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::string text;
  while (text.size() < size) text += "line " + std::to_string(random() % 100'000) + '\n';
  return text;
}

}  // namespace countips
