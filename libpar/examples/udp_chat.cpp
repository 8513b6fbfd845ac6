// A chat over UDP: each side has a thread that sends and one that receives.
#include <array>
#include <asio.hpp>
#include <exception>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "par/pools/thread.h"

namespace {

using asio::ip::udp;

// One end of the chat. What it says and hears is prepared and kept, so that the program can be run
// without anybody at the keyboard.
class chatter {
 public:
  explicit chatter(std::string name)
      : name_(std::move(name)), socket_(io_, udp::endpoint(asio::ip::address_v4::loopback(), 0)) {}

  [[nodiscard]] udp::endpoint address() const { return socket_.local_endpoint(); }

  // Sends the lines and a farewell to the other, and listens until the other's farewell.
  void talk(const udp::endpoint& other, const std::vector<std::string>& lines) {
    const par::thread receiver(name_ + "-in", [this] { receive(); });
    const par::thread sender(name_ + "-out", [&] {
      for (const std::string& line : lines) socket_.send_to(asio::buffer(line), other);
      socket_.send_to(asio::buffer(farewell), other);
    });
  }

  void print() const {
    for (const std::string& line : heard_) std::cout << name_ << " hears: " << line << '\n';
  }

 private:
  static constexpr std::string_view farewell = "bye";

  void receive() {
    std::array<char, 1500> packet{};
    udp::endpoint from;
    for (;;) {
      const std::size_t length = socket_.receive_from(asio::buffer(packet), from);
      heard_.emplace_back(packet.data(), length);
      if (heard_.back() == farewell) return;
    }
  }

  std::string name_;
  asio::io_context io_;
  udp::socket socket_;
  std::vector<std::string> heard_;  // The receiver's, until it is joined.
};

}  // namespace

int main() try {
  chatter ann("ann"), bob("bob");
  {
    const par::thread one("ann", [&] { ann.talk(bob.address(), {"hello bob", "how are you?"}); });
    const par::thread other("bob", [&] { bob.talk(ann.address(), {"hello ann", "very well"}); });
  }
  ann.print();
  bob.print();
} catch (const std::exception& e) {
  std::cerr << e.what() << '\n';
  return 1;
}
