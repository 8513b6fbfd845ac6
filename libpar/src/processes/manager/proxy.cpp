#include "par/processes/manager/proxy.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <system_error>
#include <vector>

#include "message.h"
#include "par/processes/listener.h"
#include "unshared.h"

namespace par::inline PAR_ABI::detail {
namespace {

// A connection to one manager.
struct link {
  explicit link(const manager_address& where)
      : address(where.address), to(connect(where.address, where.key)) {}

  std::string address;
  unshared to;
};

// Those of one thread, closed with it. A child of a fork finds them closed.
std::vector<std::unique_ptr<link>>& links_of_this_thread() {
  static thread_local std::vector<std::unique_ptr<link>> links;
  return links;
}

void drop_link(const std::string& address) {
  std::erase_if(links_of_this_thread(),
                [&](const std::unique_ptr<link>& each) { return each->address == address; });
}

connection& link_to(const manager_address& where) {
  auto& links = links_of_this_thread();
  std::erase_if(links,
                [](const std::unique_ptr<link>& each) { return each->to.channel().closed(); });
  const auto known = std::ranges::find(links, where.address, &link::address);
  if (known != links.end()) return (*known)->to.channel();
  return links.emplace_back(std::make_unique<link>(where))->to.channel();
}

bool is_end_of_peer(const std::error_code& why) {
  return why == std::errc::broken_pipe || why == std::errc::connection_reset ||
         why == std::errc::connection_refused || why == std::errc::no_such_file_or_directory ||
         why == std::errc::timed_out;
}

// The reply is waited for also when a stop is requested: the request may be done already, and the
// answer tells.
parcel exchange(connection& channel, const parcel& request, const std::stop_token& stop) {
  channel.send_parcel(request);
  if (stop.stop_possible() && !channel.poll_until(deadline::never(), stop)) {
    channel.send_bytes({});
  }
  return channel.recv_parcel();
}

// Whatever goes wrong, nobody knows where in the stream that was; unless nothing was sent, or the
// reply has come but for its open files.
parcel exchange_with(const manager_address& where, const parcel& request,
                     const std::stop_token& stop) {
  try {
    return exchange(link_to(where), request, stop);
  } catch (const end_of_stream&) {
    drop_link(where.address);
    throw manager_gone("manager: '" + where.address + "' has ended");
  } catch (const std::length_error&) {
    throw;
  } catch (const std::system_error& error) {
    if (error.code() == std::errc::operation_not_supported ||
        error.code() == std::errc::too_many_files_open) {
      throw;
    }
    drop_link(where.address);
    if (!is_end_of_peer(error.code())) throw;
    throw manager_gone(std::string("manager: ") + error.what());
  } catch (...) {
    drop_link(where.address);
    throw;
  }
}

}  // namespace

parcel proxy::begin(operation what, deadline until, std::uint64_t object) {
  request_head head{.object = object, .what = static_cast<std::uint16_t>(what)};
  if (!until.is_never()) {
    const auto left = until.time() - deadline::clock::now();
    head.patience = std::max<std::int64_t>(std::chrono::nanoseconds(left).count(), 0);
  }
  return encode(head);
}

parcel proxy::ask(const parcel& request, const std::stop_token& stop) const {
  if (where_.address.empty()) throw std::logic_error("manager: a proxy of nothing");
  return result_of(exchange_with(where_, request, stop));
}

}  // namespace par::inline PAR_ABI::detail
