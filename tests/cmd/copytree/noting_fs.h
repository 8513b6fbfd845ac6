// A file system that notes what is done to the attributes of a copy.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "copytree/system/fs.h"

namespace copytree {

// The descriptors of the two files that it knows.
inline constexpr int noted_source = 3;
inline constexpr int noted_copy = 4;

// Has a source with attributes, and notes what is done to the copy; refuses what it is told to.
class noting_fs final : public file_system {
 public:
  std::map<std::string, std::string> attributes;  // Of the source.
  std::errc owner_refusal{};
  std::map<std::string, std::errc> refusals;  // By the names of attributes.
  std::errc list_refusal{};
  std::vector<std::string> calls;
  int lists = 0;

  os_result<void> set_owner(int, uid_t user, gid_t group) override {
    const bool only_group = user == static_cast<uid_t>(-1);
    calls.push_back(only_group ? "group" : "owner");
    if (owner_refusal != std::errc{}) return par::unexpected<std::errc>(owner_refusal);
    static_cast<void>(group);
    return {};
  }
  os_result<void> set_times(int, const file_times&) override {
    calls.push_back("times");
    return {};
  }
  os_result<void> set_mode(int, mode_t mode) override {
    calls.push_back("mode " + octal(mode));
    return {};
  }

  os_result<std::size_t> list_attributes(int file, std::span<char> names) override {
    EXPECT_EQ(file, noted_source);
    ++lists;
    if (list_refusal != std::errc{}) return par::unexpected<std::errc>(list_refusal);
    std::string all;
    for (const auto& [name, value] : attributes) all += name + '\0';
    return fill(all, names);
  }
  os_result<std::size_t> get_attribute(int, const char* name, std::span<char> value) override {
    const auto found = attributes.find(name);
    // One that is listed may be gone.
    if (found == attributes.end() || found->second == "gone") {
      return par::unexpected<std::errc>(std::errc::no_message_available);
    }
    return fill(found->second, value);
  }
  os_result<void> set_attribute(int file, const char* name, std::string_view value) override {
    EXPECT_EQ(file, noted_copy);
    const auto refused = refusals.find(name);
    if (refused != refusals.end()) {
      calls.push_back("not " + std::string(name));
      return par::unexpected<std::errc>(refused->second);
    }
    EXPECT_EQ(value, attributes[name]);
    calls.emplace_back(name);
    return {};
  }
  os_result<void> remove_attribute(int, const char* name) override {
    calls.push_back("no more " + std::string(name));
    return par::unexpected<std::errc>(std::errc::no_message_available);
  }

  static std::string octal(mode_t mode) {
    std::string text;
    for (int shift = 9; shift >= 0; shift -= 3) {
      text += static_cast<char>('0' + ((mode >> shift) & 7));
    }
    return text;
  }

 private:
  static os_result<std::size_t> fill(const std::string& from, std::span<char> to) {
    if (from.size() > to.size()) {
      return par::unexpected<std::errc>(std::errc::result_out_of_range);
    }
    std::copy(from.begin(), from.end(), to.begin());
    return from.size();
  }
};

}  // namespace copytree
