// A manager's dict: values by the bytes of their keys, in the order in which the keys came.
#include <list>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "object.h"

namespace par::inline PAR_ABI::detail {
namespace {

using key_bytes = std::string;
using dict_item = std::pair<key_bytes, packed>;

class dict_object : public managed_object {
 public:
  parcel serve(request& asked) override;

 private:
  [[nodiscard]] const packed& at(const key_bytes& key) const PAR_REQUIRES(guard_) {
    const auto found = places_.find(key);
    if (found == places_.end()) throw std::out_of_range("manager: the dict has no such key");
    return found->second->second;
  }
  bool has(const key_bytes& key) const PAR_REQUIRES(guard_) { return places_.contains(key); }

  void put(dict_item item) PAR_REQUIRES(guard_) {
    const auto found = places_.find(item.first);
    if (found != places_.end()) {
      found->second->second = std::move(item.second);
      return;
    }
    items_.push_back(std::move(item));
    places_.emplace(items_.back().first, std::prev(items_.end()));
  }

  void remove(const key_bytes& key) PAR_REQUIRES(guard_) {
    const auto found = places_.find(key);
    items_.erase(found->second);
    places_.erase(found);
  }

  mutex guard_;
  std::list<dict_item> items_ PAR_GUARDED_BY(guard_);
  std::unordered_map<key_bytes, std::list<dict_item>::iterator> places_ PAR_GUARDED_BY(guard_);
};

parcel dict_object::serve(request& asked) {
  const lock_guard lock(guard_);
  switch (asked.what) {
    case operation::get:
      return make_reply(at(asked.take_one<key_bytes>()));
    case operation::find: {
      const auto found = places_.find(asked.take_one<key_bytes>());
      return make_reply(found == places_.end() ? std::optional<packed>()
                                               : std::optional(found->second->second));
    }
    case operation::set: {
      auto [key, value] = asked.take<key_bytes, packed>();
      put({std::move(key), std::move(value)});
      return make_reply();
    }
    case operation::insert: {  // Unless it is there.
      auto [key, value] = asked.take<key_bytes, packed>();
      const bool is_new = !has(key);
      if (is_new) put({key, std::move(value)});
      return make_reply(is_new, at(key));
    }
    case operation::update: {
      for (dict_item& each : asked.take_one<std::vector<dict_item>>()) put(std::move(each));
      return make_reply();
    }
    case operation::erase: {
      const auto key = asked.take_one<key_bytes>();
      const bool was_there = has(key);
      if (was_there) remove(key);
      return make_reply(was_there);
    }
    case operation::take: {
      const auto key = asked.take_one<key_bytes>();
      parcel reply = make_reply(at(key));
      remove(key);
      return reply;
    }
    case operation::size:
      return make_reply(static_cast<std::uint64_t>(items_.size()));
    case operation::clear:
      places_.clear();
      items_.clear();
      return make_reply();
    case operation::all:
      return make_reply(std::vector<dict_item>(items_.begin(), items_.end()));
    case operation::keys: {
      std::vector<key_bytes> keys;
      for (const dict_item& each : items_) keys.push_back(each.first);
      return make_reply(keys);
    }
    default:
      refuse();
  }
}

}  // namespace

std::shared_ptr<managed_object> make_dict() {
  return std::make_shared<dict_object>();
}

}  // namespace par::inline PAR_ABI::detail
