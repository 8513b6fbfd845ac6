// The slow and obvious way to count: what the fast one is compared with.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace countips {

struct oracle_hit {
  std::string day;     // 2024-01-02
  std::string client;  // An address as inet_ntop writes it, or the name.

  friend bool operator==(const oracle_hit&, const oracle_hit&) = default;
};

// A regular expression finds the time, inet_pton reads addresses.
[[nodiscard]] std::optional<oracle_hit> oracle_read(const std::string& line);

// Reads the lines of one log in their order: some formats have headers.
using line_oracle = std::function<std::optional<oracle_hit>(const std::string& line)>;

struct oracle_count {
  std::map<std::string, std::uint64_t> requests;  // By day.
  std::map<std::string, std::set<std::string>> clients;
  std::uint64_t lines = 0;
  std::uint64_t blank = 0;
  std::uint64_t comments = 0;
  std::uint64_t rejected = 0;
  std::uint64_t first_rejected = 0;

  // A whole file; lines are numbered on.
  void add(std::string_view text, const line_oracle& read = oracle_read);
  [[nodiscard]] std::set<std::string> all_clients() const;
  [[nodiscard]] std::uint64_t all_requests() const;
};

// What the program that this one descends from gave for a file: every line that is not blank is a
// request, the text before " - -" up to the first comma is the client.
struct simple_count {
  std::uint64_t requests = 0;
  std::set<std::string> clients;
};
[[nodiscard]] simple_count count_simply(std::string_view text);

}  // namespace countips
