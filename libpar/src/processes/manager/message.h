// How requests and replies lie in a parcel.
//
//   request:  object (8 bytes), operation (2), patience in nanoseconds (8; -1: endless), arguments
//   reply:    result, then one byte: reply_kind
//   nothing:  a client takes back the request that it waits for
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <tuple>

#include "par/processes/codec.h"
#include "par/processes/manager/proxy.h"

namespace par::inline PAR_ABI::detail {

struct request_head {
  std::uint64_t object = 0;
  std::uint16_t what = 0;
  std::int64_t patience = -1;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(object, what, patience);
  }
};

enum class reply_kind : std::uint8_t { result, failure };

template <class... Ts>
[[nodiscard]] parcel make_reply(const Ts&... values) {
  parcel reply;
  parcel_writer to(reply);  // NOLINT(misc-const-correctness): writing changes it.
  if constexpr (sizeof...(values) > 0) to(values...);
  reply.bytes.push_back(static_cast<std::byte>(reply_kind::result));
  return reply;
}

// Of the exception that is being handled.
[[nodiscard]] parcel make_failure();

// The result; throws the failure as what it was, or as remote_error.
[[nodiscard]] parcel result_of(parcel reply);

}  // namespace par::inline PAR_ABI::detail
