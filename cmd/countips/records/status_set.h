// A choice of HTTP statuses.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string_view>

namespace countips {

// From 0 to 999; a text that is no such number is in no set.
class status_set {
 public:
  // "404", "5xx", "200-299", and several with commas; with a leading ! all others. nullopt if the
  // text is none of these.
  [[nodiscard]] static std::optional<status_set> parse(std::string_view text);

  // Adds those of the other set.
  void merge(const status_set& other) { statuses_ |= other.statuses_; }

  [[nodiscard]] bool contains(std::string_view status) const;
  [[nodiscard]] bool contains(std::uint16_t status) const { return statuses_[status]; }  // <= 999

 private:
  [[nodiscard]] bool add(std::string_view range);

  std::bitset<1000> statuses_;
};

}  // namespace countips
