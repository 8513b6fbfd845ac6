// What is to become of existing files, put together from several options.
#pragma once

#include "copytree/model/options.h"
#include "copytree/shell/option_words.h"

namespace copytree {

// -f and --remove-destination say how a file gives way; -i, -n and --update say whether. Of the
// latter the last one counts; that a file stays goes before how it would go.
struct overwriting {
  enum class answer { unasked, ask, keep, refuse };

  bool force = false;
  bool remove = false;
  answer if_there = answer::unasked;
  update only = update::all;

  void set(update_rule rule);

  // `usually` is what happens to a file where none of these options is given.
  void apply_to(options& how, existing usually) const;
};

}  // namespace copytree
