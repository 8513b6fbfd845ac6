// Named values of any type in a manager's process.
#pragma once

#include <string>
#include <vector>

#include "par/processes/manager/any_value.h"
#include "par/processes/manager/managed_dict.h"

namespace par::inline PAR_ABI {

// Handle of a namespace, see manager.h: values of mixed types by name.
class managed_namespace : public managed_dict<std::string, any_value> {
 public:
  using managed_dict<std::string, any_value>::managed_dict;

  // Throws std::out_of_range if there is no such name, wrong_type if the value is of another type.
  template <class T>
  [[nodiscard]] T get(const std::string& name) const {
    return at(name).template as<T>();
  }
  template <class T>
  void set(const std::string& name, const T& value) const {
    managed_dict::set(name, any_value::of(value));
  }
};

}  // namespace par::inline PAR_ABI
