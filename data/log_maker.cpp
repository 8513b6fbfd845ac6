#include "log_maker.h"

#include <fmt/chrono.h>
#include <fmt/core.h>

#include <array>
#include <charconv>
#include <cmath>
#include <ctime>
#include <numeric>
#include <string_view>

namespace generate {

namespace {

constexpr std::int64_t first_second = 1708905600;  // 2024-02-26 00:00:00 UTC
constexpr std::int64_t seconds_a_day = 86400;

// Each is followed by a number.
constexpr std::array<std::string_view, 8> paths = {
    "/?id=",
    "/index.html?id=",
    "/articles/",
    "/img/products/",
    "/api/v2/search?q=shoes&page=",
    "/css/site.css?v=",
    "/archive/2023/the-quick-brown-fox/",
    "/wp-login.php?try=",
};

constexpr std::array<std::string_view, 4> referers = {
    "-",
    "-",
    "https://www.example.org/",
    "https://search.example.net/?q=access+log",
};

constexpr std::array<std::string_view, 5> agents = {
    "curl/8.5.0",
    "Mozilla/5.0 (X11; Linux x86_64; rv:122.0) Gecko/20100101 Firefox/122.0",
    "Mozilla/5.0 (compatible; ExampleBot/2.1; +https://www.example.net/bot.html)",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_3) AppleWebKit/605.1.15 Safari/604.1",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/121.0.0.0 Safari/537.36",
};

constexpr std::array<std::string_view, 6> answers = {"200", "200", "200", "304", "404", "301"};

// The finaliser of SplitMix64 (Steele, Lea and Flood, 2014): a bijection on 64 bits.
std::uint64_t mix64(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

// The finaliser of MurmurHash3 (Austin Appleby): a bijection on 32 bits.
std::uint32_t mix32(std::uint32_t x) {
  x = (x ^ (x >> 16)) * 0x85ebca6b;
  x = (x ^ (x >> 13)) * 0xc2b2ae35;
  return x ^ (x >> 16);
}

double fraction(std::uint64_t bits) {
  return static_cast<double>(bits >> 11) * 0x1p-53;
}

// About 0.618 of the count, so that neighbours in time are far apart in number.
std::uint64_t coprime_stride(std::uint64_t count) {
  auto stride = static_cast<std::uint64_t>(static_cast<double>(count) * 0.6180339887498949) | 1;
  while (std::gcd(stride, count) != 1) stride += 2;
  return stride;
}

void append_number(std::uint64_t number, std::string& to, int base = 10) {
  std::array<char, 20> digits;
  const char* const end =
      std::to_chars(digits.data(), digits.data() + digits.size(), number, base).ptr;
  to.append(std::string_view(digits.data(), end));
}

template <std::size_t Size>
std::string_view pick(const std::array<std::string_view, Size>& from, std::uint64_t bits) {
  return from[bits % Size];
}

}  // namespace

log_maker::log_maker(const log_shape& shape)
    : shape_(shape), stride_(coprime_stride(shape.clients)), random_state_(mix64(shape.seed)) {}

void log_maker::append_line(std::string& to) {
  append_client(next_client(), to);
  append_time(to);
  append_rest(to);
  ++made_;
}

std::uint64_t log_maker::random() {
  return mix64(random_state_ += 0x9e3779b97f4a7c15);
}

// 0 to clients - 1.
std::uint64_t log_maker::next_client() {
  if (shape_.skew == 0) {
    return static_cast<std::uint64_t>(made_ % shape_.clients) * stride_ % shape_.clients;
  }
  return static_cast<std::uint64_t>(static_cast<double>(shape_.clients) *
                                    std::pow(fraction(random()), 1 + shape_.skew));
}

void log_maker::append_client(std::uint64_t client, std::string& to) const {
  const std::uint64_t bits = mix64(client ^ mix64(shape_.seed + 1));
  if (fraction(bits) < shape_.ipv6_share) {
    to += "2001:db8";
    for (int shift = 48; shift >= 0; shift -= 16) {
      to += shift == 16 ? "::" : ":";  // Six groups in all, and a gap.
      append_number((bits >> shift) & 0xffff, to, 16);
    }
    return;
  }
  const std::uint32_t address =
      mix32(static_cast<std::uint32_t>(client) ^ static_cast<std::uint32_t>(mix64(shape_.seed)));
  for (int shift = 24; shift >= 0; shift -= 8) {
    append_number((address >> shift) & 0xff, to);
    if (shift > 0) to += '.';
  }
}

void log_maker::append_time(std::string& to) {
  const double share_done = static_cast<double>(made_) / static_cast<double>(shape_.lines);
  const auto second = static_cast<std::int64_t>(
      share_done * static_cast<double>(seconds_a_day * static_cast<std::int64_t>(shape_.days)));
  if (second != time_made_) {
    time_made_ = second;
    time_ = fmt::format(" - - [{:%d/%b/%Y:%H:%M:%S} +0000] \"",
                        fmt::gmtime(static_cast<std::time_t>(first_second + second)));
  }
  to += time_;
}

void log_maker::append_rest(std::string& to) {
  const std::uint64_t bits = random();
  to += "GET ";
  to += pick(paths, bits);
  append_number((bits >> 8) % 10000, to);
  to += " HTTP/1.1\" ";
  to += pick(answers, bits >> 24);
  to += ' ';
  append_number((bits >> 32) % 100000, to);
  to += " \"";
  to += pick(referers, bits >> 40);
  to += "\" \"";
  to += pick(agents, bits >> 48);
  to += "\"\n";
}

}  // namespace generate
