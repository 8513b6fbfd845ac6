#include "handshake.h"

#include <nettle/hmac.h>
#include <nettle/memops.h>
#include <sys/random.h>

#include <algorithm>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string_view>

#include "system_call.h"

namespace par::inline PAR_ABI::detail {
namespace {

// A proof of one side is none of the other, so sending it back proves nothing.
constexpr std::string_view as_caller = "caller";
constexpr std::string_view as_listener = "listener";

const std::uint8_t* octets(std::span<const std::byte> bytes) {
  return reinterpret_cast<const std::uint8_t*>(bytes.data());  // NOLINT(*-reinterpret-cast)
}

proof prove(const authentication_key& key, std::string_view role, const nonce& listener,
            const nonce& caller) {
  hmac_sha256_ctx context;
  hmac_sha256_set_key(&context, key.bytes().size(), octets(key.bytes()));
  for (const auto part : {std::as_bytes(std::span(role)), std::span<const std::byte>(listener),
                          std::span<const std::byte>(caller)}) {
    hmac_sha256_update(&context, part.size(), octets(part));
  }
  proof made;
  static_assert(sizeof made == SHA256_DIGEST_SIZE);
  auto* const into = reinterpret_cast<std::uint8_t*>(made.data());  // NOLINT(*-reinterpret-cast)
  hmac_sha256_digest(&context, made.size(), into);
  return made;
}

// Takes the same time wherever they differ.
bool same(const proof& a, const proof& b) {
  return memeql_sec(a.data(), b.data(), a.size()) != 0;
}

}  // namespace

nonce fresh_nonce() {
  nonce bytes;
  // Up to 256 bytes come whole.
  checked(uninterrupted([&] { return ::getrandom(bytes.data(), bytes.size(), 0); }),
          "get random bytes");
  return bytes;
}

void require_key(const authentication_key& key) {
  if (key.empty()) throw std::invalid_argument("authentication: the key is empty");
}

challenge make_challenge() {
  return {.greeting = greeting, .listener = fresh_nonce()};
}

answer make_answer(const authentication_key& key, const challenge& to) {
  const nonce own = fresh_nonce();
  return {.caller = own, .proves = prove(key, as_caller, to.listener, own)};
}

verdict make_verdict(const authentication_key& key, const challenge& asked, const answer& got) {
  if (!same(got.proves, prove(key, as_caller, asked.listener, got.caller))) return {};
  return {.accepted = std::byte{1}, .proves = prove(key, as_listener, asked.listener, got.caller)};
}

void check_verdict(const authentication_key& key, const challenge& asked, const answer& gave,
                   const verdict& got) {
  if (got.accepted != std::byte{1}) {
    throw authentication_error("authentication: refused, the key is another");
  }
  if (!same(got.proves, prove(key, as_listener, asked.listener, gave.caller))) {
    throw authentication_error("authentication: who listens does not know the key");
  }
}

}  // namespace par::inline PAR_ABI::detail
