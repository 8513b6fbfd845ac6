#include "par/processes/manager/manager_server.h"

#include <chrono>
#include <list>
#include <optional>
#include <system_error>
#include <utility>

#include "pools/fork_aware.h"
#include "processes/poll_files.h"
#include "session.h"

namespace par::inline PAR_ABI {
namespace {

// Too many files, or no memory: perhaps there will be some.
constexpr auto pause_after_failure = std::chrono::milliseconds(10);

}  // namespace

struct manager_server::state {
  // Closed in a child: who connects to a manager that has ended must not wait for its children.
  class door final : private detail::fork_aware {
   public:
    explicit door(listener_options options)
        : fork_aware(by_itself()),
          listener_(std::move(options)),
          address_(listener_.address()),
          key_(listener_.key()) {
      enter();
    }
    ~door() final { leave(); }
    door(const door&) = delete;
    door& operator=(const door&) = delete;

    [[nodiscard]] listener& get() noexcept { return listener_; }
    [[nodiscard]] const std::string& address() const noexcept { return address_; }
    [[nodiscard]] const authentication_key& key() const noexcept { return key_; }

   private:
    void before_fork() noexcept override {}
    void after_fork_in_parent() noexcept override {}
    void after_fork_in_child() noexcept override { listener_.close(); }

    listener listener_;
    const std::string address_;
    const authentication_key key_;
  };

  explicit state(listener_options options) : entrance(std::move(options)) {
    common.shut_down = [this] { stop.request_stop(); };
  }

  std::optional<connection> next_client();
  void forget_ended();
  void admit(connection channel);

  door entrance;
  std::stop_source stop;
  detail::shared_state common;
  detail::client_number last = 0;
  std::list<detail::session> sessions;
};

std::optional<connection> manager_server::state::next_client() {
  while (!stop.stop_requested()) {
    try {
      return entrance.get().accept(stop.get_token());
    } catch (const std::system_error&) {
      forget_ended();
      static_cast<void>(
          detail::poll_files({}, deadline::in(pause_after_failure), stop.get_token()));
    }
  }
  return {};
}

void manager_server::state::forget_ended() {
  sessions.remove_if([](const detail::session& each) { return each.ended(); });
}

void manager_server::state::admit(connection channel) {
  forget_ended();
  try {
    sessions.emplace_back(++last, std::move(channel), common);
  } catch (const std::system_error&) {  // No thread for it: it finds its connection closed.
  }
}

manager_server::manager_server(listener_options options)
    : state_(std::make_unique<state>(std::move(options))) {}

manager_server::~manager_server() = default;

const std::string& manager_server::address() const {
  return state_->entrance.address();
}

const authentication_key& manager_server::key() const {
  return state_->entrance.key();
}

void manager_server::serve_here(const std::stop_token& stop) {
  const std::stop_callback forward(stop, [this] { shutdown(); });
  while (auto channel = state_->next_client()) state_->admit(std::move(*channel));
  state_->entrance.get().close();
  state_->common.ending.store(true);
  for (detail::session& each : state_->sessions) each.end();
  state_->sessions.clear();
}

void manager_server::shutdown() noexcept {
  state_->stop.request_stop();
}

}  // namespace par::inline PAR_ABI
