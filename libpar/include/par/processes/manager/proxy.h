// What all proxies of a manager's objects have in common: they ask its process.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <utility>

#include "par/base/deadline.h"
#include "par/processes/authentication_key.h"
#include "par/processes/manager/operation.h"
#include "par/processes/manager/packed.h"

namespace par::inline PAR_ABI {

// The manager's process does not answer, any more or at all: it was shut down or killed.
class manager_gone : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

namespace detail {

// Where a manager is, and what opens it.
struct manager_address {
  std::string address = {};
  authentication_key key = {};

  template <class Archive>
  void serialize(Archive& archive) {
    archive(address, key);
  }
};

// A name for an object in a manager's process. A value that can be sent; each thread that uses one
// has a connection of its own, so any number may use the same object, and what waits for one keeps
// no other waiting.
class proxy {
 public:
  proxy() noexcept = default;  // Of nothing: using it throws std::logic_error.
  proxy(manager_address where, std::uint64_t object) : where_(std::move(where)), object_(object) {}

  template <class Archive>
  void serialize(Archive& archive) {
    archive(where_, object_);
  }

  // The same object.
  friend bool operator==(const proxy& a, const proxy& b) noexcept {
    return a.object_ == b.object_ && a.where_.address == b.where_.address;
  }

  [[nodiscard]] std::uint64_t object() const noexcept { return object_; }
  [[nodiscard]] const manager_address& manager() const noexcept { return where_; }

 protected:
  ~proxy() = default;
  proxy(const proxy&) = default;
  proxy& operator=(const proxy&) = default;
  proxy(proxy&&) noexcept = default;
  proxy& operator=(proxy&&) noexcept = default;

  // Every one throws what the object does: std::out_of_range, std::logic_error, std::system_error
  // and their like; manager_gone if there is nobody to ask. A std::system_error of the connection
  // itself ends it, and with it what the calling thread holds in the manager: its locks are free.
  // NOLINTBEGIN(modernize-use-nodiscard): a const handle, but things happen behind it.
  template <class Result = void, class... Args>
  Result call(operation what, const Args&... args) const {
    return call_until<Result>(what, deadline::never(), {}, args...);
  }

  template <class Result = void, class... Args>
  Result call_until(operation what, deadline until, const std::stop_token& stop,
                    const Args&... args) const {
    parcel request = begin(what, until);
    parcel_writer to(request);  // NOLINT(misc-const-correctness): writing changes it.
    if constexpr (sizeof...(args) > 0) to(args...);
    if constexpr (std::is_void_v<Result>) {
      static_cast<void>(ask(request, stop));
    } else {
      return decode<Result>(ask(request, stop));
    }
  }
  // NOLINTEND(modernize-use-nodiscard)

 private:
  static parcel begin(operation what, deadline until, std::uint64_t object);
  [[nodiscard]] parcel begin(operation what, deadline until) const {
    return begin(what, until, object_);
  }
  [[nodiscard]] parcel ask(const parcel& request, const std::stop_token& stop) const;

  manager_address where_;
  std::uint64_t object_ = 0;
};

}  // namespace detail
}  // namespace par::inline PAR_ABI
