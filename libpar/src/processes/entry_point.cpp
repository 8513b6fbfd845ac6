#include "par/processes/entry_point.h"

#include <link.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <stdexcept>
#include <string_view>

#include "par/base/function_ref.h"
#include "par/processes/parcel.h"

namespace par::inline PAR_ABI::detail {
namespace {

// The dynamic linker names the program itself by no text.
using module_info = dl_phdr_info;

bool has_code_at(const module_info& module, std::uint64_t offset) {
  const std::span parts(module.dlpi_phdr, module.dlpi_phnum);
  return std::ranges::any_of(parts, [offset](const ElfW(Phdr) & part) {
    const bool is_code = part.p_type == PT_LOAD && (part.p_flags & PF_X) != 0;
    return is_code && offset >= part.p_vaddr && offset - part.p_vaddr < part.p_memsz;
  });
}

// Calls look with each loaded module until it says true.
void look_through(function_ref<bool(const module_info&)> look) {
  ::dl_iterate_phdr(
      [](dl_phdr_info* module, std::size_t, void* with) {
        return (*static_cast<function_ref<bool(const module_info&)>*>(with))(*module) ? 1 : 0;
      },
      &look);
}

}  // namespace

entry_point locate_function(plain_function function) {
  const auto address = reinterpret_cast<std::uintptr_t>(function);  // NOLINT(*-reinterpret-cast)
  std::optional<entry_point> found;
  const auto look = [&](const module_info& module) {
    const std::uint64_t offset = address - module.dlpi_addr;
    if (!has_code_at(module, offset)) return false;
    found = {.module = module.dlpi_name, .offset = offset};
    return true;
  };
  look_through(look);
  if (!found) throw std::invalid_argument("entry point: this address is no function's");
  return *found;
}

plain_function find_function(const entry_point& entry) {
  std::optional<std::uintptr_t> address;
  const auto look = [&](const module_info& module) {
    if (entry.module != std::string_view(module.dlpi_name)) return false;
    if (has_code_at(module, entry.offset)) address = module.dlpi_addr + entry.offset;
    return true;
  };
  look_through(look);
  if (!address) {
    throw codec_error("codec: no such function in " +
                      (entry.module.empty() ? std::string("this program") : entry.module));
  }
  // NOLINTNEXTLINE(*-reinterpret-cast,performance-no-int-to-ptr): it came as a number.
  return reinterpret_cast<plain_function>(*address);
}

}  // namespace par::inline PAR_ABI::detail
