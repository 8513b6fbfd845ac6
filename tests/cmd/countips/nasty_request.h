// Requests with everything that real ones have been seen to hold, whatever the format of their log.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace countips {

// May be none that there is: the 31st of April, 24:00:00.
struct made_time {
  int year = 2024;
  int month = 1;
  int day = 1;
  int hour = 0;
  int minute = 0;
  int second = 0;
  std::string offset = "+0000";
};

struct made_request {
  std::string client;  // An address, a name, a list of them, "-".
  std::string peer;    // With a port.
  std::string user;
  made_time time;
  std::string request;  // Any bytes but line ends; mostly "GET / HTTP/1.1".
  std::string agent;
  std::string status;
};

// The same seed gives the same.
class request_maker {
 public:
  explicit request_maker(std::uint64_t seed) : random_(seed) {}

  [[nodiscard]] made_request next();

  [[nodiscard]] std::size_t below(std::size_t n) { return random_() % n; }
  [[nodiscard]] bool one_in(std::size_t n) { return below(n) == 0; }
  template <class T>
  [[nodiscard]] const T& pick(const std::vector<T>& from) {
    return from[below(from.size())];
  }

 private:
  std::mt19937_64 random_;
};

}  // namespace countips
