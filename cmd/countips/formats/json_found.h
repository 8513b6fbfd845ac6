// What has been found in a JSON document so far.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace countips {

enum class json_slot : std::uint8_t {
  who,   // The client.
  peer,  // Who that is where `who` is a field of proxies, and names nobody.
  time,
  marker,
  status,  // From here to the request: what tells of one.
  method,
  path,
  request,
  agent,
  host,
  message,
  sign,  // Only whether one of those is what servers write there.
};
constexpr std::size_t json_slots = 12;

// What the value at some path is for.
struct json_target {
  json_slot slot = json_slot::who;
  std::uint8_t rank = 0;  // 0 for the best of the paths of its slot.
  bool is_sure = true;    // False of keys that say little: no value there is a sign of a request.
};

struct json_value {
  std::string_view text;  // Without quotes, but with its escapes.
  bool is_string = false;
};

// Whether the value, without quotes, is a sign of a request in that slot.
[[nodiscard]] bool is_sign_of_request(json_slot slot, std::string_view text);

// A set of slots.
class json_slot_set {
 public:
  constexpr json_slot_set() = default;
  constexpr void add(json_slot slot) { bits_ |= bit(slot); }
  [[nodiscard]] constexpr bool has(json_slot slot) const { return (bits_ & bit(slot)) != 0; }
  [[nodiscard]] constexpr bool has_all(json_slot_set of) const {
    return (bits_ & of.bits_) == of.bits_;
  }

 private:
  static constexpr std::uint16_t bit(json_slot slot) {
    return static_cast<std::uint16_t>(1U << static_cast<unsigned>(slot));
  }

  std::uint16_t bits_ = 0;
};

// Takes values in the order in which they stand, and keeps the best of each slot, the first of
// several equal ones.
class json_found {
 public:
  void clear() { filled_ = decided_ = {}; }

  // The token is as the document has it, quotes and all. Null, true and false, empty strings and
  // "-" are no values.
  void offer(json_target target, std::string_view token) {
    const bool is_string = token.starts_with('"');
    if (is_string) token = token.substr(1, token.size() - 2);
    if (is_string ? token.empty() || token == "-" : !is_number(token)) return;
    if (may_be_sign(target) && !has(json_slot::sign) && is_sign_of_request(target.slot, token)) {
      filled_.add(json_slot::sign);
      decided_.add(json_slot::sign);
    }
    auto& [value, rank] = kept_[static_cast<std::size_t>(target.slot)];
    if (filled_.has(target.slot) && rank <= target.rank) return;
    value = {token, is_string};
    rank = target.rank;
    filled_.add(target.slot);
    if (rank == 0) decided_.add(target.slot);
  }

  [[nodiscard]] bool has(json_slot slot) const { return filled_.has(slot); }

  // Empty if there is none.
  [[nodiscard]] json_value get(json_slot slot) const {
    return has(slot) ? kept_[static_cast<std::size_t>(slot)].value : json_value{};
  }

  // The slots that nothing behind can change: their best path has a value.
  [[nodiscard]] json_slot_set decided() const { return decided_; }

 private:
  struct kept {
    json_value value;
    std::uint8_t rank = 0;
  };

  static bool may_be_sign(json_target target) {
    return target.is_sure && target.slot >= json_slot::status && target.slot <= json_slot::request;
  }

  static bool is_number(std::string_view token) {
    return !token.empty() && (token[0] == '-' || (token[0] >= '0' && token[0] <= '9'));
  }

  std::array<kept, json_slots> kept_;
  json_slot_set filled_;
  json_slot_set decided_;
};

}  // namespace countips
