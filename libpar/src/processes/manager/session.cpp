#include "session.h"

#include <sys/socket.h>

#include <chrono>
#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

namespace par::inline PAR_ABI::detail {

session::session(client_number number, connection channel, shared_state& common)
    : client_(number, std::move(channel), common.watch),
      common_(common),
      runner_("manager client", [this] { run(); }) {}

session::~session() {
  end();
  runner_.join();
}

// Its own thread closes: until it has ended the number is the socket's.
void session::end() noexcept {
  if (!ended()) ::shutdown(client_.channel().native_handle(), SHUT_RDWR);
}

void session::run() {
  try {
    while (answer(client_.channel().recv_parcel())) {
    }
  } catch (const std::exception&) {  // The client has gone, or talks nonsense.
  }
  client_.forget_everywhere();
  end();  // It may wait for an answer.
  ended_.store(true);
}

void session::send(const parcel& reply) {
  try {
    client_.channel().send_parcel(reply);
  } catch (const std::length_error&) {  // More open files than go with one message.
    client_.channel().send_parcel(make_failure());
  }
}

// False: the client has gone, and nobody got the answer.
bool session::answer(parcel message) {
  if (message.bytes.empty()) return true;  // What it takes back was answered already.
  parcel_reader arguments(message);
  request asked{.arguments = arguments, .from = client_, .objects = common_.objects};
  parcel reply;
  try {
    request_head head;
    arguments(head);
    asked.what = static_cast<operation>(head.what);
    if (head.patience >= 0) asked.until = deadline::in(std::chrono::nanoseconds(head.patience));
    reply = reply_to(asked, head.object);
  } catch (...) {
    reply = make_failure();
  }
  try {
    if (!client_.has_gone() && !common_.ending.load()) {
      send(reply);
      return true;
    }
  } catch (const std::exception&) {  // It has gone.
  }
  if (asked.undelivered) asked.undelivered();
  return false;
}

parcel session::reply_to(request& asked, std::uint64_t object) {
  if (object != 0) return common_.objects.at(object)->serve(asked);
  switch (asked.what) {
    case operation::make: {
      object_kind kind{};
      std::string name;
      std::string types;
      packed from;
      asked.arguments(kind, name, types, from);
      parcel_reader reader(from.content());
      return make_reply(common_.objects.make(kind, name, types, reader));
    }
    case operation::erase_object:
      return make_reply(common_.objects.erase(asked.take_one<std::uint64_t>()));
    case operation::shut_down:
      common_.shut_down();
      return make_reply();
    default:
      throw std::invalid_argument("manager: no such request");
  }
}

}  // namespace par::inline PAR_ABI::detail
