#include "log_maker.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
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

log_maker::log_maker(const log_shape& shape, const line_writer& writer)
    : shape_(shape),
      stride_(coprime_stride(shape.clients)),
      random_state_(mix64(shape.seed)),
      writer_(writer) {}

void log_maker::append_line(std::string& to) {
  next_.client = client_text(next_client());
  make_time();
  make_rest();
  writer_.append(next_, to);
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

std::string log_maker::client_text(std::uint64_t client) const {
  std::string text;
  const std::uint64_t bits = mix64(client ^ mix64(shape_.seed + 1));
  if (fraction(bits) < shape_.ipv6_share) {
    text = "2001:db8";
    for (int shift = 48; shift >= 0; shift -= 16) {
      text += shift == 16 ? "::" : ":";  // Six groups in all, and a gap.
      append_number((bits >> shift) & 0xffff, text, 16);
    }
    return text;
  }
  const std::uint32_t address =
      mix32(static_cast<std::uint32_t>(client) ^ static_cast<std::uint32_t>(mix64(shape_.seed)));
  for (int shift = 24; shift >= 0; shift -= 8) {
    append_number((address >> shift) & 0xff, text);
    if (shift > 0) text += '.';
  }
  return text;
}

void log_maker::make_time() {
  const double share_done = static_cast<double>(made_) / static_cast<double>(shape_.lines);
  const auto second = static_cast<std::int64_t>(
      share_done * static_cast<double>(seconds_a_day * static_cast<std::int64_t>(shape_.days)));
  if (next_.when.epoch != first_second + second) next_.when = moment_of(first_second + second);
}

void log_maker::make_rest() {
  const std::uint64_t bits = random();
  const std::string_view path = pick(paths, bits);
  const std::size_t question = path.find('?');
  next_.path = path.substr(0, question);
  next_.query = question == std::string_view::npos ? "" : path.substr(question + 1);
  append_number((bits >> 8) % 10000, next_.query.empty() ? next_.path : next_.query);
  next_.status = pick(answers, bits >> 24);
  next_.bytes = (bits >> 32) % 100000;
  next_.referer = pick(referers, bits >> 40);
  next_.agent = pick(agents, bits >> 48);
}

}  // namespace generate
