// Names quoted as GNU's tools quote them.
#pragma once

#include <string>
#include <string_view>

namespace copytree::gnu {

// So that a shell reads the same name again: 'a b', "it's", 'new'$'\n''line'. In the C locale every
// byte beyond ASCII is escaped; elsewhere UTF-8 that can be shown stands for itself.
[[nodiscard]] std::string shell_quoted(std::string_view name, bool utf8 = false);

// Between single quotes, with the escapes of C: 'it\'s', 'new\nline'. For words that are no names.
[[nodiscard]] std::string c_quoted(std::string_view word, bool utf8 = false);

}  // namespace copytree::gnu
