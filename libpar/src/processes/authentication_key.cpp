#include "par/processes/authentication_key.h"

#include "handshake.h"

namespace par::inline PAR_ABI {

authentication_key::authentication_key(std::string_view secret) {
  const auto bytes = std::as_bytes(std::span(secret));
  bytes_.assign(bytes.begin(), bytes.end());
}

authentication_key authentication_key::random() {
  const detail::nonce bytes = detail::fresh_nonce();
  authentication_key key;
  key.bytes_.assign(bytes.begin(), bytes.end());
  return key;
}

}  // namespace par::inline PAR_ABI
