// The sum by which the content of two files is compared: XXH3, 128 bits (Yann Collet, 2019).
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace copytree {

struct checksum {
  std::uint64_t high = 0;
  std::uint64_t low = 0;

  friend bool operator==(const checksum&, const checksum&) = default;
};

// 32 digits, as xxhsum -H2 prints it.
[[nodiscard]] std::string to_hex(const checksum& sum);

// The sum of what is added to it, piece after piece.
class checksummer {
 public:
  checksummer();
  checksummer(checksummer&&) noexcept = default;
  checksummer& operator=(checksummer&&) noexcept = default;
  ~checksummer() = default;

  void add(std::span<const std::byte> data);
  [[nodiscard]] checksum result() const;

 private:
  struct release {
    void operator()(void* state) const;
  };
  std::unique_ptr<void, release> state_;
};

}  // namespace copytree
