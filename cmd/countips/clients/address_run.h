// The addresses of several lines in a row, and the statuses of their requests.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "countips/clients/address.h"

namespace countips {

// Those of both kinds are kept apart, each in the order of their lines.
class address_run {
 public:
  static constexpr std::size_t most = 64;  // Lines.

  void clear() noexcept { v4_count_ = v6_count_ = 0; }

  // REQUIRE fewer than `most`. A status is from 0 to 999; 0 where it is of no interest.
  void add(ipv4_address address, std::uint16_t status) noexcept {
    v4_statuses_[v4_count_] = status;
    v4_[v4_count_++] = address;
  }
  void add(const ipv6_address& address, std::uint16_t status) noexcept {
    v6_statuses_[v6_count_] = status;
    v6_[v6_count_++] = address;
  }

  // Leaves those of the statuses that the predicate holds for.
  template <class Predicate>
  void keep_if(Predicate holds_for) noexcept {
    v4_count_ = keep(std::span(v4_).first(v4_count_), v4_statuses_, holds_for);
    v6_count_ = keep(std::span(v6_).first(v6_count_), v6_statuses_, holds_for);
  }

  [[nodiscard]] std::size_t size() const noexcept { return v4_count_ + v6_count_; }
  [[nodiscard]] std::span<const ipv4_address> v4() const noexcept {
    return std::span(v4_).first(v4_count_);
  }
  [[nodiscard]] std::span<const ipv6_address> v6() const noexcept {
    return std::span(v6_).first(v6_count_);
  }

 private:
  using status_array = std::array<std::uint16_t, most>;

  // Returns how many are left, at the front. No branch depends on a status: none could be foreseen.
  template <class Address, class Predicate>
  static std::size_t keep(std::span<Address> addresses, const status_array& statuses,
                          Predicate holds_for) noexcept {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < addresses.size(); ++i) {
      addresses[kept] = addresses[i];
      kept += static_cast<std::size_t>(holds_for(statuses[i]));
    }
    return kept;
  }

  std::size_t v4_count_ = 0;
  std::size_t v6_count_ = 0;
  std::array<ipv4_address, most> v4_;  // The first of them are set.
  std::array<ipv6_address, most> v6_;
  status_array v4_statuses_;
  status_array v6_statuses_;
};

}  // namespace countips
