// What --preserve and --no-preserve do to the attributes a copy takes over.
#pragma once

#include "copytree/model/options.h"
#include "copytree/shell/option_words.h"

namespace copytree {

// An attribute that is asked for by its own name is needed: failing to keep it is an error even
// where there is no such thing. `all` asks for what there is.
void preserve(preserved& attributes, attribute which);
void do_not_preserve(preserved& attributes, attribute which);

}  // namespace copytree
