// How a process ended.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "par/base/abi.h"

namespace par::inline PAR_ABI {

class exit_status {
 public:
  [[nodiscard]] static exit_status exited(int code) noexcept { return {code, std::nullopt}; }
  [[nodiscard]] static exit_status killed(int signal) noexcept { return {std::nullopt, signal}; }
  // Somebody else waited for it, or SIGCHLD is ignored: the system does not tell.
  [[nodiscard]] static exit_status unknown() noexcept { return {std::nullopt, std::nullopt}; }

  [[nodiscard]] std::optional<int> code() const noexcept { return code_; }      // 0 to 255.
  [[nodiscard]] std::optional<int> signal() const noexcept { return signal_; }  // That killed it.
  [[nodiscard]] bool ok() const noexcept { return code_ == 0; }

  friend bool operator==(const exit_status&, const exit_status&) noexcept = default;

 private:
  exit_status(std::optional<int> code, std::optional<int> signal) noexcept
      : code_(code), signal_(signal) {}

  std::optional<int> code_;
  std::optional<int> signal_;
};

// What a function threw in another process: what() is the exception's text, or says that there is
// none.
class remote_error : public std::runtime_error {
 public:
  remote_error(std::string type, const std::string& text)
      : std::runtime_error(text), type_(std::move(type)) {}
  // As the program's source writes it: "std::out_of_range".
  [[nodiscard]] const std::string& type() const noexcept { return type_; }

 private:
  std::string type_;
};

}  // namespace par::inline PAR_ABI
