// How two sides prove to each other that they have the same key, without showing it:
//
//   listener                                         caller
//   challenge: who I am, nonce L ------------------>
//             <-------- answer: nonce C, HMAC(key, "caller", L, C)
//   verdict: yes, HMAC(key, "listener", L, C) ------>
//
// Every message has one size, so nobody can make the other side read more before it is known.
#pragma once

#include <array>
#include <cstddef>

#include "par/processes/authentication_key.h"

namespace par::inline PAR_ABI::detail {

using nonce = std::array<std::byte, 32>;
using proof = std::array<std::byte, 32>;

struct challenge {
  std::array<char, 8> greeting;
  nonce listener;
};

struct answer {
  nonce caller;
  proof proves;
};

struct verdict {
  std::byte accepted;
  proof proves;
};

constexpr std::array<char, 8> greeting = {'p', 'a', 'r', ' ', 'l', 'i', 's', '1'};

// Never the same twice. Throws std::system_error.
nonce fresh_nonce();

// Throws std::invalid_argument if the key is empty.
void require_key(const authentication_key& key);

challenge make_challenge();
answer make_answer(const authentication_key& key, const challenge& to);
verdict make_verdict(const authentication_key& key, const challenge& asked, const answer& got);

// Throws authentication_error unless the listener lets us in and has the key itself.
void check_verdict(const authentication_key& key, const challenge& asked, const answer& gave,
                   const verdict& got);

}  // namespace par::inline PAR_ABI::detail
