#include "countips/input/unpacked_stream.h"

#include <algorithm>
#include <cerrno>
#include <utility>

namespace countips {

namespace {

constexpr std::size_t input_size = std::size_t{64} << 10;

failure failure_of(unpacker::outcome outcome, bool first_member) {
  if (outcome == unpacker::outcome::out_of_memory) return {failure::kind::read, ENOMEM};
  if (outcome == unpacker::outcome::not_a_member && !first_member) {
    return {failure::kind::trailing};
  }
  return {failure::kind::corrupt};
}

}  // namespace

unpacked_stream::unpacked_stream(std::unique_ptr<byte_stream> packed,
                                 std::unique_ptr<unpacker> method)
    : packed_(std::move(packed)), method_(std::move(method)), buffer_(input_size) {}

par::expected<std::size_t, failure> unpacked_stream::read(std::span<char> into) {
  std::span<char> room = into;
  while (room.size() == into.size() && !into.empty() && !failed_ && !ended_) {
    failed_ = in_member_ ? unpack(room) : begin_member();
  }
  if (room.size() != into.size()) return into.size() - room.size();
  if (failed_) return par::unexpected<failure>(*failed_);
  return 0;
}

// Unpacks until there is output, the member ends, or more input has been fetched.
std::optional<failure> unpacked_stream::unpack(std::span<char>& into) {
  const std::size_t room = into.size();
  const unpacker::outcome outcome = method_->unpack(input_, into);
  if (outcome == unpacker::outcome::member_ended) {
    in_member_ = false;
    return std::nullopt;
  }
  if (outcome != unpacker::outcome::going_on) return failure_of(outcome, first_member_);
  if (into.size() != room || !input_.empty()) return std::nullopt;
  if (const auto failed = refill()) return failed;
  if (input_.empty()) return failure{failure::kind::truncated};
  return std::nullopt;
}

// Finds out what follows a member: zeros and the end, or another one.
std::optional<failure> unpacked_stream::begin_member() {
  const auto rest = std::ranges::find_if(input_, [](char each) { return each != '\0'; });
  input_ = input_.subspan(static_cast<std::size_t>(rest - input_.begin()));
  if (input_.empty()) {
    const auto failed = refill();
    ended_ = !failed && input_.empty();
    return failed;
  }
  if (!method_->may_begin_with(input_.front())) return failure{failure::kind::trailing};
  in_member_ = true;
  first_member_ = false;
  return std::nullopt;
}

// REQUIRES all input to be used up. Leaves none if the file has ended.
std::optional<failure> unpacked_stream::refill() {
  const auto got = packed_->read(buffer_);
  if (!got) return got.error();
  input_ = std::span<const char>(buffer_).first(*got);
  return std::nullopt;
}

}  // namespace countips
