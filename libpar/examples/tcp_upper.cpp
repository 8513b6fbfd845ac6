// A TCP server with a thread for each client, which answers every line in upper case.
#include <algorithm>
#include <asio.hpp>
#include <cctype>
#include <exception>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "par/pools/thread.h"

namespace {

using asio::ip::tcp;

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

// Empty: the other side has closed.
std::string read_line(tcp::socket& from, std::string& buffer) {
  asio::error_code error;
  const std::size_t length = asio::read_until(from, asio::dynamic_buffer(buffer), '\n', error);
  std::string line = buffer.substr(0, length);
  buffer.erase(0, length);
  return line;
}

void serve(tcp::socket client) {
  std::string buffer;
  for (std::string line = read_line(client, buffer); !line.empty();
       line = read_line(client, buffer)) {
    asio::write(client, asio::buffer(upper(std::move(line))));
  }
}

class server {
 public:
  server() : acceptor_(io_, tcp::endpoint(asio::ip::address_v4::loopback(), 0)) {}

  [[nodiscard]] tcp::endpoint address() const { return acceptor_.local_endpoint(); }

  // Takes so many clients, and comes back when all have left.
  void run(int clients) {
    std::vector<par::thread> threads;
    for (int i = 0; i < clients; ++i) {
      threads.emplace_back("client-" + std::to_string(i),
                           [client = acceptor_.accept()]() mutable { serve(std::move(client)); });
    }
  }

 private:
  asio::io_context io_;
  tcp::acceptor acceptor_;
};

// Says the lines, one after the other, and gives back the answers.
std::string ask(const tcp::endpoint& address, const std::vector<std::string>& lines) {
  asio::io_context io;
  tcp::socket socket(io);
  socket.connect(address);
  std::string answers, buffer;
  for (const std::string& line : lines) {
    asio::write(socket, asio::buffer(line + '\n'));
    answers += read_line(socket, buffer);
  }
  return answers;
}

}  // namespace

int main() try {
  const std::vector<std::vector<std::string>> questions = {
      {"one line"}, {"first", "second"}, {"MiXeD", "123 äöü", "end"}};
  std::vector<std::string> answers(questions.size());
  server upper_server;
  {
    const par::thread accepting("server",
                                [&] { upper_server.run(static_cast<int>(questions.size())); });
    std::vector<par::thread> clients;
    for (std::size_t i = 0; i < questions.size(); ++i) {
      clients.emplace_back("client",
                           [&, i] { answers[i] = ask(upper_server.address(), questions[i]); });
    }
  }
  for (std::size_t i = 0; i < answers.size(); ++i) {
    std::cout << "client " << i << ":\n" << answers[i];
  }
} catch (const std::exception& e) {
  std::cerr << e.what() << '\n';
  return 1;
}
