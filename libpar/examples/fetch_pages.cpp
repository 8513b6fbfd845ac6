// Several pages fetched at once, on one thread, from a server in this program; each is saved to a
// file. Waiting for the network is Asio's business, and so are the coroutines that do so.
#include <array>
#include <asio.hpp>
#include <cerrno>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "par/pools/thread.h"

namespace {

namespace fs = std::filesystem;
using asio::ip::tcp;

struct page {
  std::string_view path;
  std::size_t size;
};

constexpr std::array<page, 4> pages = {
    {{"/index.html", 1'200}, {"/news.html", 45'000}, {"/photo.jpg", 2'500'000}, {"/empty.txt", 0}}};

std::string content_of(std::string_view path) {
  for (const page& each : pages) {
    if (each.path != path) continue;
    std::string content(each.size, path[1]);
    return content;
  }
  return "not found";
}

// "GET /index.html HTTP/1.0" -> "/index.html"
std::string path_in(std::string_view request) {
  const std::size_t begin = request.find(' ') + 1;
  return std::string(request.substr(begin, request.find(' ', begin) - begin));
}

asio::awaitable<void> serve(tcp::socket client) {
  std::string request;
  co_await asio::async_read_until(client, asio::dynamic_buffer(request), "\r\n\r\n",
                                  asio::use_awaitable);
  const std::string response = "HTTP/1.0 200 OK\r\n\r\n" + content_of(path_in(request));
  co_await asio::async_write(client, asio::buffer(response), asio::use_awaitable);
}

// Nobody is told what a client does wrong: the others go on.
asio::awaitable<void> accept_clients(tcp::acceptor& acceptor) {
  for (;;) {
    tcp::socket client = co_await acceptor.async_accept(asio::use_awaitable);
    asio::co_spawn(acceptor.get_executor(), serve(std::move(client)), asio::detached);
  }
}

// On a thread of its own, until it is destroyed.
class server {
 public:
  server() : acceptor_(io_, tcp::endpoint(asio::ip::address_v4::loopback(), 0)) {
    asio::co_spawn(io_, accept_clients(acceptor_), asio::detached);
    runner_ = par::thread("server", [this] { io_.run(); });
  }
  ~server() { io_.stop(); }
  server(const server&) = delete;
  server& operator=(const server&) = delete;

  [[nodiscard]] tcp::endpoint address() const { return acceptor_.local_endpoint(); }

 private:
  asio::io_context io_;
  tcp::acceptor acceptor_;
  par::thread runner_;
};

// What comes after the header, when the server has closed.
asio::awaitable<std::string> get(tcp::endpoint from, std::string path) {
  tcp::socket socket(co_await asio::this_coro::executor);
  co_await socket.async_connect(from, asio::use_awaitable);
  const std::string request = "GET " + path + " HTTP/1.0\r\n\r\n";
  co_await asio::async_write(socket, asio::buffer(request), asio::use_awaitable);
  std::string response;
  asio::error_code error;
  co_await asio::async_read(socket, asio::dynamic_buffer(response),
                            asio::redirect_error(asio::use_awaitable, error));
  if (error != asio::error::eof) throw std::system_error(error);
  co_return response.substr(response.find("\r\n\r\n") + 4);
}

asio::awaitable<void> save(tcp::endpoint from, std::string path, fs::path folder) {
  const std::string body = co_await get(from, path);
  std::ofstream(folder / path.substr(1), std::ios::binary) << body;
}

class temporary_folder {
 public:
  temporary_folder() {
    std::string name = (fs::temp_directory_path() / "pages-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
      throw std::system_error(errno, std::generic_category(), "mkdtemp");
    }
    path_ = name;
  }
  ~temporary_folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  temporary_folder(const temporary_folder&) = delete;
  temporary_folder& operator=(const temporary_folder&) = delete;

  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// All of them at the same time; throws what the first that fails does.
void fetch_all(const tcp::endpoint& from, const fs::path& folder) {
  asio::io_context io;
  std::exception_ptr failure;
  for (const page& each : pages) {
    asio::co_spawn(io, save(from, std::string(each.path), folder),
                   [&failure](const std::exception_ptr& thrown) {
                     if (failure == nullptr) failure = thrown;
                   });
  }
  io.run();
  if (failure != nullptr) std::rethrow_exception(failure);
}

}  // namespace

int main() try {
  const temporary_folder folder;
  const server pages_server;
  fetch_all(pages_server.address(), folder.path());
  for (const page& each : pages) {
    const std::string name(each.path.substr(1));
    std::cout << name << ": " << fs::file_size(folder.path() / name) << " bytes\n";
  }
} catch (const std::exception& e) {
  std::cerr << e.what() << '\n';
  return 1;
}
