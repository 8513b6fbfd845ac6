#include "cmd/countips/oracle_texts.h"

#include <arpa/inet.h>
#include <re2/re2.h>

#include <array>
#include <chrono>
#include <cstdint>

namespace countips {

namespace {

using namespace std::chrono;

std::optional<std::string> day_text(int y, unsigned m, unsigned d) {
  const year_month_day day{year(y), month(m), std::chrono::day(d)};
  if (!day.ok()) return std::nullopt;
  return std::to_string(y) + "-" + std::to_string(100 + m).substr(1) + "-" +
         std::to_string(100 + d).substr(1);
}

bool is_clock(int hour, int minute, int second) {
  return hour < 24 && minute < 60 && second <= 60;
}

bool is_offset(const std::string& text) {
  if (text.size() < 5) return true;
  return std::stoi(text.substr(1, 2)) < 24 && std::stoi(text.substr(text.size() - 2)) < 60;
}

// 0 unless it is one.
unsigned month_named(const std::string& name) {
  const std::string names = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const std::size_t at = names.find(name);
  return at == std::string::npos || at % 3 != 0 ? 0 : static_cast<unsigned>(at / 3 + 1);
}

std::optional<std::string> day_since_1970(const std::string& digits) {
  const std::size_t more = digits.size() <= 11 ? 0 : (digits.size() - 9) / 3 * 3;
  if (digits.size() < 9 || digits.size() > 19) return std::nullopt;
  const auto count = std::stoll(digits.substr(0, digits.size() - more));
  const year_month_day day{floor<days>(sys_seconds(seconds(count)))};
  return day_text(int(day.year()), unsigned(day.month()), unsigned(day.day()));
}

}  // namespace

std::optional<std::string> oracle_address(const std::string& text) {
  std::array<unsigned char, 16> bytes{};
  std::array<char, INET6_ADDRSTRLEN> shown{};
  if (text.find('\0') != std::string::npos) return std::nullopt;
  if (inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) return text;
  if (inet_pton(AF_INET6, text.substr(0, text.find('%')).c_str(), bytes.data()) != 1) {
    return std::nullopt;
  }
  inet_ntop(AF_INET6, bytes.data(), shown.data(), shown.size());
  const std::string mapped = "::ffff:";
  const std::string canonical = shown.data();
  if (canonical.starts_with(mapped) && canonical.find('.') != std::string::npos) {
    return canonical.substr(mapped.size());
  }
  return canonical;
}

std::optional<std::string> oracle_address_named(const std::string& text) {
  static const RE2 bracketed(R"(\[([^\]]*)\](?::\d{1,5})?)", RE2::Latin1);
  static const RE2 with_port(R"((.*):\d{1,5})", RE2::Latin1);
  std::string host;
  if (const auto address = oracle_address(text)) return address;
  const bool has_more =
      RE2::FullMatch(text, bracketed, &host) || RE2::FullMatch(text, with_port, &host);
  return has_more ? oracle_address(host) : std::nullopt;
}

std::optional<std::string> oracle_client(const std::string& text) {
  // Empty entries and those that are "-" stand for nobody.
  static const RE2 first(R"(^(?:[\s"]*-?[\s"]*,)*[\s"]*([^,]*?)[\s"]*(?:,|$))", RE2::Latin1);
  static const RE2 with_port(R"(^(.*):\d{1,5}$)", RE2::Latin1);
  static const RE2 name(
      R"([^\x00-\x20\x7f"':=,\[\]{}]*[0-9A-Za-z\x80-\xff][^\x00-\x20\x7f"':=,\[\]{}]*)",
      RE2::Latin1);
  std::string one, host;
  if (!RE2::PartialMatch(text, first, &one)) return std::nullopt;
  if (const auto address = oracle_address_named(one)) return address;
  if (RE2::FullMatch(one, with_port, &host)) one = host;
  return RE2::FullMatch(one, name) ? std::optional(one) : std::nullopt;
}

std::optional<std::string> oracle_day(const std::string& text) {
  static const RE2 clf(R"((\d\d)/(\w{3})/(\d{4}):(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?: ([+-]\d{4}))?)");
  static const RE2 iso(R"((\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,]\d+)?)"
                       R"( ?(Z|[+-]\d\d:?\d\d)?)");
  static const RE2 ctime(R"(\w{3} (\w{3}) ([ \d]\d) (\d\d):(\d\d):(\d\d) (\d{4}))");
  static const RE2 since_1970(R"((\d+)(?:\.\d+)?)");
  int y = 0, d = 0, hour = 0, minute = 0, second = 0;
  unsigned m = 0;
  std::string month, of_month, offset, digits;
  if (RE2::FullMatch(text, clf, &d, &month, &y, &hour, &minute, &second, &offset)) {
    m = month_named(month);
  } else if (RE2::FullMatch(text, ctime, &month, &of_month, &hour, &minute, &second, &y)) {
    m = month_named(month);
    d = std::stoi(of_month);
  } else if (RE2::FullMatch(text, since_1970, &digits)) {
    return day_since_1970(digits);
  } else if (!RE2::FullMatch(text, iso, &y, &m, &d, &hour, &minute, &second, &offset)) {
    return std::nullopt;
  }
  if (!is_clock(hour, minute, second) || !is_offset(offset)) return std::nullopt;
  return day_text(y, m, static_cast<unsigned>(d));
}

}  // namespace countips
