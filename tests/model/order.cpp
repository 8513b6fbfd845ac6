#include "model/order.h"

#include <string_view>

namespace model {
namespace {

std::string_view file_name(const std::source_location& at) {
  const std::string_view path = at.file_name();
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0.
}

// The last name before the parameters.
std::string_view function_name(const std::source_location& at) {
  std::string_view all = at.function_name();
  all = all.substr(0, all.find('('));
  return all.substr(all.find_last_of(": *&") + 1);
}

const char* name(operation what) {
  if (what == operation::load) return "load";
  return what == operation::store ? "store" : "modify";
}

}  // namespace

site site_of(const access& a) {
  return {.file = std::string(file_name(a.from)),
          .function = std::string(function_name(a.from)),
          .line = a.from.line(),
          .column = a.from.column(),
          .on_failure = a.on_failure,
          .what = a.what,
          .order = a.order};
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
  return w.at.file + " " + w.at.function + (w.at.on_failure ? " failed " : " ") + name(w.at.what) +
         " " + name(w.at.order) + " -> " + name(w.to);
}

}  // namespace model
