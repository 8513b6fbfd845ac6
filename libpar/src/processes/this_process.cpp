#include "this_process.h"

#include <utility>

#include "par/base/sync.h"

namespace par::inline PAR_ABI::detail {
namespace {

process_identity& identity() {
  static process_identity mine;
  return mine;
}

atomic<unsigned> children = 0;

}  // namespace

const process_identity& this_process() noexcept {
  return identity();
}

void become(process_identity of) {
  identity() = std::move(of);
  children.store(0);
}

std::string next_child_number() {
  const std::string& own = identity().number;
  return (own.empty() ? "" : own + ':') + std::to_string(children.fetch_add(1) + 1);
}

}  // namespace par::inline PAR_ABI::detail
