#include "model/order.h"

#include <string_view>

namespace model {
namespace {

std::string_view file_name(const std::source_location& at) {
  const std::string_view path = at.file_name();
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0.
}

}  // namespace

site site_of(const access& a) {
  return {std::string(file_name(a.from)),
          a.from.line(),
          a.from.column(),
          a.on_failure,
          a.what,
          a.order};
}

std::vector<std::memory_order> one_step_weaker(operation what, std::memory_order order) {
  switch (order) {
    case std::memory_order_seq_cst:
      if (what == operation::load) return {std::memory_order_acquire};
      if (what == operation::store) return {std::memory_order_release};
      return {std::memory_order_acq_rel};
    case std::memory_order_acq_rel:
      return {std::memory_order_acquire, std::memory_order_release};
    case std::memory_order_acquire:
    case std::memory_order_consume:
    case std::memory_order_release:
      return {std::memory_order_relaxed};
    case std::memory_order_relaxed:
      break;
  }
  return {};
}

const char* name(std::memory_order order) {
  switch (order) {
    case std::memory_order_relaxed:
      return "relaxed";
    case std::memory_order_consume:
      return "consume";
    case std::memory_order_acquire:
      return "acquire";
    case std::memory_order_release:
      return "release";
    case std::memory_order_acq_rel:
      return "acq_rel";
    case std::memory_order_seq_cst:
      break;
  }
  return "seq_cst";
}

std::string describe(const std::source_location& at) {
  return std::string(file_name(at)) + ":" + std::to_string(at.line());
}

std::string describe(const weakening& w) {
  return w.at.file + ":" + std::to_string(w.at.line) + ":" + std::to_string(w.at.column) +
         (w.at.on_failure ? " on failure " : " ") + name(w.at.order) + " -> " + name(w.to);
}

}  // namespace model
