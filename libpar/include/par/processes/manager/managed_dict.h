// A dict in a manager's process.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "par/processes/manager/proxy.h"

namespace par::inline PAR_ABI {

// NOLINTBEGIN(modernize-use-nodiscard): const handles, but things happen behind them.

// Handle of a dict, see manager.h. Keys are the same if their encoded bytes are: those of strings
// and numbers, of containers that have one order, and of what consists of these. The order is that
// in which the keys came.
//
// Every operation is one step, but two are two: counting up needs a managed_mutex around it.
template <class K, class V>
class managed_dict : public detail::proxy {
  static_assert(!plain_value<K> || std::has_unique_object_representations_v<K>,
                "equal keys of this type may differ in bytes: give it serialize()");

 public:
  using detail::proxy::proxy;

  // Throws std::out_of_range if there is no such key.
  [[nodiscard]] V at(const K& key) const {
    return detail::unpack<V>(call<detail::packed>(detail::operation::get, bytes_of(key)));
  }
  [[nodiscard]] std::optional<V> find(const K& key) const {
    auto found = call<std::optional<detail::packed>>(detail::operation::find, bytes_of(key));
    return found ? std::optional(detail::unpack<V>(std::move(*found))) : std::nullopt;
  }
  [[nodiscard]] V get_or(const K& key, V fallback) const {
    auto found = find(key);
    return found ? std::move(*found) : std::move(fallback);
  }
  [[nodiscard]] bool contains(const K& key) const {
    return call<std::optional<detail::packed>>(detail::operation::find, bytes_of(key)).has_value();
  }

  void set(const K& key, const V& value) const {
    call(detail::operation::set, bytes_of(key), detail::pack(value));
  }
  // Unless the key is there. The value that it has then, and whether that is the new one.
  std::pair<V, bool> try_emplace(const K& key, const V& value) const {
    auto [is_new, now] = call<std::pair<bool, detail::packed>>(detail::operation::insert,
                                                               bytes_of(key), detail::pack(value));
    return {detail::unpack<V>(std::move(now)), is_new};
  }
  // Sets all the pairs of a range, in one step.
  template <class Pairs>
  void update(const Pairs& pairs) const {
    std::vector<std::pair<std::string, detail::packed>> sent;
    for (const auto& [key, value] : pairs) {
      sent.emplace_back(bytes_of(key), detail::pack<V>(value));
    }
    call(detail::operation::update, sent);
  }

  // False: it was not there.
  bool erase(const K& key) const { return call<bool>(detail::operation::erase, bytes_of(key)); }
  // Throws std::out_of_range if there is no such key.
  V take(const K& key) const {
    return detail::unpack<V>(call<detail::packed>(detail::operation::take, bytes_of(key)));
  }
  void clear() const { call(detail::operation::clear); }

  [[nodiscard]] std::size_t size() const { return call<std::uint64_t>(detail::operation::size); }
  [[nodiscard]] bool empty() const { return size() == 0; }

  [[nodiscard]] std::vector<K> keys() const {
    std::vector<K> made;
    for (const std::string& each : call<std::vector<std::string>>(detail::operation::keys)) {
      made.push_back(key_of(each));
    }
    return made;
  }
  [[nodiscard]] std::vector<std::pair<K, V>> items() const {
    std::vector<std::pair<K, V>> made;
    for (auto& [key, value] :
         call<std::vector<std::pair<std::string, detail::packed>>>(detail::operation::all)) {
      made.emplace_back(key_of(key), detail::unpack<V>(std::move(value)));
    }
    return made;
  }

 private:
  static std::string bytes_of(const K& key) {
    const parcel encoded = encode(key);
    if (!encoded.descriptors.empty()) throw std::invalid_argument("manager: a key with open files");
    std::string bytes;
    bytes.reserve(encoded.bytes.size());
    for (const std::byte each : encoded.bytes) bytes += static_cast<char>(each);
    return bytes;
  }
  static K key_of(const std::string& bytes) {
    parcel encoded;
    for (const char each : bytes) encoded.bytes.push_back(static_cast<std::byte>(each));
    return decode<K>(encoded);
  }
};
// NOLINTEND(modernize-use-nodiscard)

}  // namespace par::inline PAR_ABI
