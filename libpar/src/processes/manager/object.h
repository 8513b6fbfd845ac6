// An object of a manager, in the manager's process.
#pragma once

#include <memory>
#include <tuple>

#include "client.h"
#include "message.h"
#include "par/base/unique_function.h"
#include "par/locks/condition_variable.h"
#include "par/locks/lock_guard.h"
#include "par/locks/mutex.h"

namespace par::inline PAR_ABI::detail {

class object_table;

// A request on its way through an object.
struct request {
  operation what = operation::get;
  deadline until = deadline::never();
  parcel_reader& arguments;
  client& from;
  object_table& objects;
  // What is to be done if the client does not get the reply.
  unique_function<void()> undelivered = {};

  // All the arguments. Throws codec_error if they are others.
  template <class... Ts>
  std::tuple<Ts...> take() {
    std::tuple<Ts...> values{};
    std::apply([&](Ts&... each) { (arguments(each), ...); }, values);
    if (arguments.left() > 0) throw codec_error("manager: too many arguments");
    return values;
  }
  template <class T>
  T take_one() {
    return std::get<0>(take<T>());
  }

  // Waits for ready() with the patience of the client; what it says at the end.
  template <class Ready>
  bool await(condition_variable& changed, unique_lock<mutex>& lock, const Ready& ready) {
    if (ready()) return true;
    if (until.passed()) return false;
    return from.patiently(
        [&](const std::stop_token& stop) { return changed.wait_until(lock, stop, until, ready); });
  }

  // Why await() said no.
  [[nodiscard]] outcome why_not() const {
    return from.interrupted() ? outcome::stopped : outcome::timeout;
  }
};

// Thread-safe: each client has a thread that calls it.
class managed_object : public std::enable_shared_from_this<managed_object> {
 public:
  managed_object() = default;
  managed_object(const managed_object&) = delete;
  managed_object& operator=(const managed_object&) = delete;
  virtual ~managed_object() = default;

  // The reply. What it throws goes to the client.
  virtual parcel serve(request& asked) = 0;

  // Releases what the client held, who has gone.
  virtual void forget(client_number who) { static_cast<void>(who); }

 protected:
  [[noreturn]] static void refuse() {
    throw std::invalid_argument("manager: the object has no such operation");
  }
};

// Each takes what it is made from, and throws codec_error if that is no such thing.
std::shared_ptr<managed_object> make_dict();
std::shared_ptr<managed_object> make_list(parcel_reader& from);
std::shared_ptr<managed_object> make_queue(parcel_reader& from);
std::shared_ptr<managed_object> make_mutex(bool recursive);
std::shared_ptr<managed_object> make_semaphore(parcel_reader& from, bool bounded);
std::shared_ptr<managed_object> make_condition_variable();
std::shared_ptr<managed_object> make_event();
std::shared_ptr<managed_object> make_barrier(parcel_reader& from);
std::shared_ptr<managed_object> make_pool(parcel_reader& from);

}  // namespace par::inline PAR_ABI::detail
