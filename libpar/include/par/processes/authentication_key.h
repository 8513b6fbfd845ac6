// A secret that two processes share, and prove to each other before they talk.
#pragma once

#include <cstddef>
#include <span>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "par/processes/codec.h"

namespace par::inline PAR_ABI {

// The other side does not know the key, or says that we do not.
class authentication_error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// A value; can be sent, to those who are to be let in.
class authentication_key {
 public:
  authentication_key() noexcept = default;  // Empty: lets nobody in.
  explicit authentication_key(std::string_view secret);

  // 32 bytes that nobody can guess. Throws std::system_error.
  [[nodiscard]] static authentication_key random();

  [[nodiscard]] std::span<const std::byte> bytes() const noexcept { return bytes_; }
  [[nodiscard]] bool empty() const noexcept { return bytes_.empty(); }

  template <class Archive>
  void serialize(Archive& archive) {
    archive(bytes_);
  }

 private:
  std::vector<std::byte> bytes_;
};

}  // namespace par::inline PAR_ABI
