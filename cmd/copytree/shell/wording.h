// The words for what happens during a copy, and what goes wrong.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "cli/quote.h"
#include "copytree/model/error.h"
#include "copytree/model/observer.h"

namespace copytree {

// How names are shown: quoted and escaped.
using quoter = std::function<std::string(std::string_view)>;

// As GNU cp words it: "cannot stat 'a/b': No such file or directory".
[[nodiscard]] std::string describe(const error& what, const quoter& quote = cli::quoted);

// "overwrite 'b'? ", with the mode of a file that is not writable.
[[nodiscard]] std::string describe(const question& about, const quoter& quote = cli::quoted);

// "copy offload: yes, reflink: no, sparse detection: no"
[[nodiscard]] std::string describe(const transfer& how);

// "'a/b' -> 'c/b'"
[[nodiscard]] std::string describe_copy(const std::string& source, const std::string& destination,
                                        const quoter& quote = cli::quoted);

}  // namespace copytree
